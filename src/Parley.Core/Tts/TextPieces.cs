namespace Parley.Tts;

/// <summary>Cuts a long text into pieces that an engine speaks one after the other, so that audio starts early and memory stays bounded.</summary>
public static class TextPieces
{
    private const string SentenceEnds = ".!?;。！？；\n";

    /// <summary>Splits after the last sentence end that fits, else at the last white space, else where the limit falls.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="maxLength">The longest piece, at least 2.</param>
    /// <returns>Ranges that cover the text in order.</returns>
    public static IEnumerable<Range> Split(string text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 2);
        for (var start = 0; start < text.Length;)
        {
            var end = text.Length - start <= maxLength ? text.Length : start + CutAt(text.AsSpan(start, maxLength + 1));
            yield return start..end;
            start = end;
        }
    }

    // The window holds one character more than may be taken, so that a sentence end at the limit shows what follows it.
    private static int CutAt(ReadOnlySpan<char> window)
    {
        var space = -1;
        for (var i = window.Length - 1; i > 0; i--)
        {
            if (!char.IsWhiteSpace(window[i])) { continue; }
            if (SentenceEnds.Contains(window[i - 1], StringComparison.Ordinal)) { return i; }
            if (space < 0) { space = i; }
        }
        if (space > 0) { return space; }
        var limit = window.Length - 1;
        return char.IsHighSurrogate(window[limit - 1]) ? limit - 1 : limit;
    }
}
