using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx;

/// <summary>Whether a model serves a language.</summary>
internal static class LanguageTags
{
    /// <summary>The configured languages, else those that the model tells; empty: not known.</summary>
    public static IReadOnlyList<string> Of(SherpaOptions options, SherpaModel model) =>
        options.Attributes.Languages.Count > 0 ? [.. options.Attributes.Languages] : model.Languages;

    /// <param name="languages">Beginnings of BCP 47 tags.</param>
    /// <param name="wanted">A BCP 47 tag.</param>
    public static bool Serves(IReadOnlyList<string> languages, string wanted) => languages.Any(l =>
        wanted.Equals(l, StringComparison.OrdinalIgnoreCase) || wanted.StartsWith(l + "-", StringComparison.OrdinalIgnoreCase)
        || l.StartsWith(wanted + "-", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="VoiceException">The model is known not to serve it.</exception>
    public static void Check(VoiceStage stage, string engine, SherpaOptions options, SherpaModel model, string wanted)
    {
        var languages = Of(options, model);
        if (languages.Count > 0 && !Serves(languages, wanted))
        {
            throw new VoiceException(stage, $"{engine} serves {string.Join(", ", languages)}, not {wanted}.") { Class = FailureClass.UserInput };
        }
    }
}
