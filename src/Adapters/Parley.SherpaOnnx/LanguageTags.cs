using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx;

/// <summary>Which languages a model serves: those of the configuration, else those that the model tells.</summary>
internal static class LanguageTags
{
    /// <summary>Notes what the model tells in the options, where nothing is configured. A voice that tells nothing speaks English.</summary>
    public static void Learn(SherpaOptions options, SherpaModel model)
    {
        var known = options.Attributes.Languages;
        if (known.Count > 0) { return; }
        foreach (var language in model.Languages) { known.Add(language); }
        if (known.Count == 0 && model.IsSynthesizer) { known.Add("en"); }
    }

    /// <exception cref="VoiceException">The recogniser is known not to serve the language; another one may.</exception>
    public static void Check(string engine, SherpaOptions options, string wanted)
    {
        if (options.Attributes.Serves(wanted)) { return; }
        throw new VoiceException(VoiceStage.Asr, $"{engine} serves {string.Join(", ", options.Attributes.Languages)}, not {wanted}.") { Class = FailureClass.Resource };
    }
}
