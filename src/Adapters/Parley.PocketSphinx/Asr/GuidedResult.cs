namespace Parley.PocketSphinx.Asr;

/// <summary>What a search among hints found.</summary>
/// <param name="Match">The offer that was said; null for a hinted language model, which offers no whole texts.</param>
/// <param name="Decoding">The words and their scores.</param>
/// <param name="Rival">The best path without that offer; empty where there is none.</param>
/// <param name="Confidence">Probability that it is right.</param>
internal sealed record GuidedResult(Offer? Match, Decoding Decoding, Decoding Rival, double Confidence)
{
    public static GuidedResult Nothing { get; } = new(null, Decoding.Nothing, Decoding.Nothing, 0);
}
