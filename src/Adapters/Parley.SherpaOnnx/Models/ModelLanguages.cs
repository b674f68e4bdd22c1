namespace Parley.SherpaOnnx.Models;

/// <summary>The languages that a model's kind and metadata tell.</summary>
internal static class ModelLanguages
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["English"] = "en", ["Chinese"] = "zh", ["German"] = "de", ["French"] = "fr", ["Spanish"] = "es", ["Italian"] = "it", ["Portuguese"] = "pt",
        ["Russian"] = "ru", ["Arabic"] = "ar", ["Dutch"] = "nl", ["Polish"] = "pl", ["Turkish"] = "tr", ["Swedish"] = "sv", ["Ukrainian"] = "uk",
        ["Japanese"] = "ja", ["Korean"] = "ko", ["Hindi"] = "hi", ["Czech"] = "cs", ["Finnish"] = "fi", ["Greek"] = "el", ["Vietnamese"] = "vi",
        ["Hungarian"] = "hu", ["Romanian"] = "ro", ["Danish"] = "da", ["Norwegian"] = "no", ["Catalan"] = "ca", ["Persian"] = "fa",
    };

    /// <returns>Beginnings of BCP 47 tags; empty: it tells none.</returns>
    public static IReadOnlyList<string> Of(SherpaModelKind kind, IReadOnlyDictionary<string, string> metadata) => kind switch
    {
        SherpaModelKind.SenseVoice => ["zh", "en", "ja", "ko", "yue"],
        SherpaModelKind.Whisper when metadata.GetValueOrDefault("is_multilingual") == "0" => ["en"],
        SherpaModelKind.Moonshine => ["en"],
        // "voice" is how eSpeak NG reads what stands in no lexicon.
        SherpaModelKind.Kokoro => [.. Named(metadata.GetValueOrDefault("voice", "")).Union(Named(metadata.GetValueOrDefault("language", "")))],
        _ => Named(metadata.GetValueOrDefault("voice") is { Length: > 0 } voice ? voice : metadata.GetValueOrDefault("language", "")),
    };

    /// <summary>The language that is spoken, where the operator named just one; a model that hears which it is must not be told one of several.</summary>
    public static string? Forced(SherpaOptions options) => options.Attributes.Languages is [var only] ? only.Split('-')[0].ToLowerInvariant() : null;

    private static string[] Named(string language)
    {
        var tags = new List<string>();
        foreach (var part in language.Split([',', '+', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var tag = s_names.GetValueOrDefault(part) ?? part.Split('-', '_')[0].ToLowerInvariant();
            if (tag.Length is 2 or 3 && tag.All(char.IsAsciiLetter) && !tags.Contains(tag)) { tags.Add(tag); }
        }
        return [.. tags];
    }
}
