namespace Parley.Tts;

/// <summary>How good a place is to end a clause; more is better.</summary>
internal enum ClauseEnd
{
    /// <summary>Inside a word, a number or an address.</summary>
    Nowhere,

    /// <summary>Between words.</summary>
    Word,

    /// <summary>After a comma, semicolon, colon or dash.</summary>
    Mark,

    /// <summary>After a sentence or a line.</summary>
    Sentence,
}
