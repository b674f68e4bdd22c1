namespace Parley.Turns.Endpointing;

/// <summary>How what was understood stands to the answers that were offered.</summary>
public enum AnswerMatch
{
    /// <summary>None was offered, or something else is being said.</summary>
    None,

    /// <summary>An answer has begun, and two words or more are missing.</summary>
    Begun,

    /// <summary>All but the last word of an answer: recognisers hold back a last word until another follows it.</summary>
    NearlyWhole,

    /// <summary>A whole answer, which is no beginning of a longer one.</summary>
    Whole,
}
