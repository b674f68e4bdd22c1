namespace Parley.Learning.Facts;

/// <summary>Something that a learner said of themselves.</summary>
/// <param name="Id">Its name among the learner's facts; a newer one of the same name replaces it.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Value">What was said of that, in the learner's words, such as "a small brown dog".</param>
/// <param name="Sentence">The sentence that said so, as it is right.</param>
/// <param name="At">When.</param>
public sealed record LearnerFact(string Id, FactKind Kind, string Value, string Sentence, DateTimeOffset At);

/// <summary>What a fact is about, what says most of somebody first.</summary>
public enum FactKind
{
    Name,
    Home,
    Origin,
    Job,
    Age,
    Family,
    Like,
    Dislike,
    Aim,
}
