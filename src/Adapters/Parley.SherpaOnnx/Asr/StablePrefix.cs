namespace Parley.SherpaOnnx.Asr;

/// <summary>Finds how much of a growing transcript stands: what two hypotheses in a row agree on, up to a word's end.</summary>
internal sealed class StablePrefix
{
    /// <summary>From here on Unicode's scripts write no spaces: each character is a word.</summary>
    private const char FirstIdeograph = '\u2E80';

    private string _previous = "";
    private string _stable = "";

    /// <summary>Takes the next hypothesis.</summary>
    /// <returns>How many of its leading characters will not change; null: it contradicts what stands and must not be shown.</returns>
    public int? Next(string text)
    {
        if (!text.StartsWith(_stable, StringComparison.Ordinal)) { return null; }
        var common = text.AsSpan().CommonPrefixLength(_previous);
        // A word that ends where one of the two does may still grow.
        while (common > 0 && !EndsWord(text, common)) { common--; }
        if (common > _stable.Length) { _stable = text[..common]; }
        _previous = text;
        return _stable.Length;
    }

    private bool EndsWord(string text, int length) =>
        length < text.Length && length < _previous.Length && (char.IsWhiteSpace(text[length]) || text[length - 1] >= FirstIdeograph);
}
