namespace Parley.Learning.Grammar.Words;

/// <summary>A word or mark of a text that is being corrected.</summary>
/// <param name="Text">How it stands there now.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Space">What separates it from the token before.</param>
/// <param name="Start">Where it begins in the source, in characters.</param>
/// <param name="End">Where it ends there; equal to <paramref name="Start"/> for one that was put in.</param>
internal sealed record Token(string Text, TokenKind Kind, string Space, int Start, int End)
{
    /// <summary>In lower case, with a straight apostrophe.</summary>
    public string Norm { get; } = Text.Replace('’', '\'').ToLowerInvariant();

    /// <summary>The change that put it there; null where it stands as it was.</summary>
    public Change? Change { get; init; }

    /// <summary>The change that took away what stood before it.</summary>
    public Change? Dropped { get; init; }

    /// <summary>Whether it may not be changed: the recogniser was unsure of it.</summary>
    public bool IsFixed { get; init; }

    public bool IsWord => Kind == TokenKind.Word;

    /// <summary>A token for what is put in, at a place of the source.</summary>
    public static Token Of(string text, string space, int start, int end, Change change) =>
        new(text, char.IsLetter(text[0]) || text[0] == '\'' && text.Length > 1 ? TokenKind.Word : char.IsDigit(text[0]) ? TokenKind.Number : TokenKind.Mark, space, start, end) { Change = change };
}
