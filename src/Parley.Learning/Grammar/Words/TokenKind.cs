namespace Parley.Learning.Grammar.Words;

internal enum TokenKind
{
    Word,
    Number,

    /// <summary>One mark of punctuation.</summary>
    Mark,

    /// <summary>What is not judged: addresses, markup, emoji, other scripts.</summary>
    Other,
}
