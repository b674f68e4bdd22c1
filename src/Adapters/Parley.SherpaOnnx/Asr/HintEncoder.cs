using System.Text.RegularExpressions;
using Parley.Asr;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx.Asr;

/// <summary>Writes hints as the library takes them: phrases in the model's own letters, with slashes between.</summary>
/// <remarks>
/// Only a transducer that searches with a beam can favour phrases, and only where the library can cut them into the model's tokens: by
/// <c>bpe.vocab</c> in the folder, or by characters in a Chinese model. It drops all phrases for one that it cannot spell and writes them to its log;
/// so such a phrase is left out here.
/// </remarks>
/// <param name="isUpperCase">Whether the model knows capitals alone.</param>
/// <param name="letters">The characters that the model can spell with.</param>
internal sealed partial class HintEncoder(bool isUpperCase, IReadOnlySet<char> letters)
{
    private const int MaxPhrases = 80;

    public static HintEncoder? For(SherpaModel model, SherpaOptions options, TokenText text) =>
        UsesBeam(model, options) && ModelingUnit(model) is not null ? new HintEncoder(text.IsUpperCase, text.Letters) : null;

    public static bool UsesBeam(SherpaModel model, SherpaOptions options) =>
        options.BeamSearch && model.Kind is SherpaModelKind.StreamingTransducer or SherpaModelKind.Transducer && !ModelMetadata.IsNemo(model.Metadata);

    /// <summary>How the model cuts words into tokens; null: the folder does not tell.</summary>
    public static string? ModelingUnit(SherpaModel model) =>
        model.Extras.ContainsKey("bpe.vocab") ? "bpe" : model.Languages is ["zh"] ? "cjkchar" : null;

    /// <returns>Null: there is nothing to favour.</returns>
    public string? Encode(RecognitionHints? hints)
    {
        if (hints is null || hints.IsEmpty) { return null; }
        var phrases = hints.Answers.Concat(hints.Phrases).Select(Plain).Where(p => p.Length > 0 && p.All(c => c == ' ' || letters.Contains(c))).Distinct().Take(MaxPhrases);
        return string.Join('/', phrases) is { Length: > 0 } words ? words : null;
    }

    private string Plain(string phrase)
    {
        var plain = NoLetter().Replace(phrase, " ").Trim();
        return isUpperCase ? plain.ToUpperInvariant() : plain.ToLowerInvariant();
    }

    [GeneratedRegex(@"[^\p{L}']+")]
    private static partial Regex NoLetter();
}
