namespace Parley.Learning.Review;

/// <summary>What is known of how well an item is remembered, and when it comes again.</summary>
/// <param name="Due">When it is to be reviewed next.</param>
public sealed record ReviewSchedule(DateTimeOffset Due)
{
    public ReviewPhase Phase { get; init; }

    /// <summary>The step within <see cref="ReviewPhase.Learning"/> and <see cref="ReviewPhase.Relearning"/>, from 0.</summary>
    public int Step { get; init; }

    /// <summary>Days until it is remembered with a probability of 0.9; 0 before the first review.</summary>
    public double Stability { get; init; }

    /// <summary>From 1 to 10; 0 before the first review.</summary>
    public double Difficulty { get; init; }

    /// <summary>Null before the first review.</summary>
    public DateTimeOffset? LastReview { get; init; }
}
