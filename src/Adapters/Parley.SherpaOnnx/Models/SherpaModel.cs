namespace Parley.SherpaOnnx.Models;

/// <summary>A folder that was recognised, with the files that its kind needs. All paths are absolute.</summary>
public sealed record SherpaModel
{
    public required SherpaModelKind Kind { get; init; }

    public required string Folder { get; init; }

    /// <summary>The ONNX files by their role: <c>encoder</c>, <c>decoder</c>, <c>joiner</c>, <c>model</c>, <c>vocoder</c>, <c>preprocess</c> …</summary>
    public required IReadOnlyDictionary<string, string> Networks { get; init; }

    /// <summary>Its <c>tokens.txt</c>; null for kinds that need none.</summary>
    public string? Tokens { get; init; }

    /// <summary>Further files and folders by their role: <c>voices</c>, <c>espeak-ng-data</c>, <c>lexicon</c>, <c>bpe.vocab</c>.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = new Dictionary<string, string>();

    /// <summary>The metadata of its main network.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The languages that it is known to serve, as BCP 47 beginnings; empty: not known, or all.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public bool IsSynthesizer => Kind is SherpaModelKind.Kokoro or SherpaModelKind.Vits or SherpaModelKind.Matcha;

    public bool IsPunctuation => Kind is SherpaModelKind.Punctuation or SherpaModelKind.CasingPunctuation;

    /// <summary>Whether it recognises while one speaks.</summary>
    public bool IsStreaming =>
        Kind is SherpaModelKind.StreamingTransducer or SherpaModelKind.StreamingParaformer or SherpaModelKind.StreamingZipformer2Ctc;

    /// <summary>All files that a change of which makes it another model.</summary>
    internal IEnumerable<string> Files => [.. Networks.Values, .. Tokens is { } t ? [t] : Array.Empty<string>(), .. Extras.Values.Where(File.Exists)];
}
