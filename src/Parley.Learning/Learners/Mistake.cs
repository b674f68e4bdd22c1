namespace Parley.Learning.Learners;

/// <summary>Something that a learner said wrong.</summary>
/// <param name="Id">Its name in feedback, and in reviews made of it.</param>
/// <param name="Kind">Where it belongs.</param>
/// <param name="Rule">What was broken: a rule of grammar, or a sound in ARPAbet. Mistakes of one rule are one habit.</param>
/// <param name="Wrong">The words as they were said.</param>
/// <param name="Right">The words as they are right.</param>
/// <param name="Sentence">All that was said.</param>
public sealed record Mistake(string Id, MistakeKind Kind, string Rule, string Wrong, string Right, string Sentence)
{
    /// <summary>The whole sentence as it is right; null where only the words are known.</summary>
    public string? Corrected { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Where a mistake belongs.</summary>
public enum MistakeKind
{
    Grammar,
    Pronunciation,
}
