namespace Parley.Learning.Review;

/// <summary>Something that a learner comes back to, made of a mistake.</summary>
/// <param name="Id">Its name among the learner's items.</param>
/// <param name="LearnerId">Whose it is.</param>
/// <param name="Drill">What to do.</param>
/// <param name="Prompt">What is shown: a sentence, with a gap where <see cref="ReviewDrill.FillTheGap"/>.</param>
/// <param name="Answer">What is to be said.</param>
/// <param name="Rule">The habit that it is to mend (<see cref="Learners.Mistake.Rule"/>).</param>
/// <param name="Schedule">When it comes again.</param>
public sealed record ReviewItem(string Id, string LearnerId, ReviewDrill Drill, string Prompt, string Answer, string Rule, ReviewSchedule Schedule)
{
    /// <summary>Reviews so far.</summary>
    public int Reviews { get; init; }

    /// <summary>How often it was forgotten after it was known.</summary>
    public int Lapses { get; init; }
}

/// <summary>What a learner does with an item.</summary>
public enum ReviewDrill
{
    /// <summary>Say the corrected sentence.</summary>
    SayItAgain,

    /// <summary>Say it with the voice that says it.</summary>
    Shadow,

    /// <summary>Say the sentence with the words that are missing in what is shown.</summary>
    FillTheGap,
}
