namespace Parley.Learning.Review;

/// <summary>How a learner's reviews are spaced.</summary>
public sealed record FsrsOptions
{
    private readonly double _desiredRetention = 0.9;
    private readonly int _maxIntervalDays = 365;

    /// <summary>The probability of remembering at which an item comes again, 0.7 to 0.97; 0.9. More means more reviews.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public double DesiredRetention
    {
        get => _desiredRetention;
        init => _desiredRetention = value is >= 0.7 and <= 0.97 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The desired retention is 0.7 to 0.97.");
    }

    /// <summary>The longest pause between two reviews, 1 to 36,500 days; 365.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public int MaxIntervalDays
    {
        get => _maxIntervalDays;
        init => _maxIntervalDays = value is >= 1 and <= 36_500 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The longest interval is 1 to 36500 days.");
    }

    /// <summary>The pauses of a new item, before it is counted in days; one minute and ten.</summary>
    public IReadOnlyList<TimeSpan> LearningSteps { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>The pauses of an item that was forgotten; ten minutes.</summary>
    public IReadOnlyList<TimeSpan> RelearningSteps { get; init; } = [TimeSpan.FromMinutes(10)];
}
