namespace Parley.PocketSphinx.Asr;

/// <summary>A text that may be said, as it was written and as it is spoken.</summary>
internal sealed record Offer(string Written, IReadOnlyList<(string Written, string[] Words)> Tokens)
{
    /// <summary>The words as the dictionary spells them.</summary>
    public string[] Words { get; } = [.. Tokens.SelectMany(token => token.Words)];
}
