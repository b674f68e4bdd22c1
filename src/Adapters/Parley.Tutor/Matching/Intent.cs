namespace Parley.Tutor.Matching;

/// <summary>What a learner wants from the conversation itself rather than from the role the tutor plays.</summary>
internal enum Intent
{
    None,
    Silence,
    Help,
    Repeat,
    Goodbye,
    Meaning,
}
