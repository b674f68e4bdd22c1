namespace Parley.PocketSphinx.Asr;

/// <summary>The best path that a decoder found.</summary>
/// <param name="Words">The words on it, silence and noises left out.</param>
/// <param name="Score">Natural logarithm of the whole path's score.</param>
/// <param name="LogPosterior">Natural logarithm of its posterior in the lattice; 0 where the search makes none.</param>
/// <param name="Frames">Frames searched.</param>
internal sealed record Decoding(IReadOnlyList<Segment> Words, double Score, double LogPosterior, int Frames)
{
    public static Decoding Nothing { get; } = new([], 0, 0, 0);

    public bool IsEmpty => Words.Count == 0;

    public string Text => string.Join(' ', Words.Select(word => word.Word));
}
