using Parley.Diagnostics;
using Parley.PocketSphinx.Native;

namespace Parley.PocketSphinx.Asr;

/// <summary>Looks for PocketSphinx on this machine.</summary>
internal static class PocketSphinxProbe
{
    public const string Name = "pocketsphinx";
    public const string Remedy = "apt-get install libpocketsphinx3 pocketsphinx-en-us";

    public static EngineStatus Status(PocketSphinxOptions options) =>
        Missing(options) is { } missing
            ? new(VoiceStage.Asr, Name, false, "", missing, Remedy)
            : new(VoiceStage.Asr, Name, true, "0.8+5prealpha, en-us", $"Acoustic model, dictionary and language model in {options.ModelPath}.");

    /// <summary>What is missing, as a sentence; null if nothing is.</summary>
    public static string? Missing(PocketSphinxOptions options)
    {
        if (!SphinxLibrary.IsAvailable) { return "The libraries libpocketsphinx.so.3 and libsphinxbase.so.3 are not on this machine."; }
        string[] files = [Path.Combine(options.AcousticModel, "mdef"), Path.Combine(options.AcousticModel, "feat.params"), options.Dictionary, options.LanguageModel];
        return Array.Find(files, file => !File.Exists(file)) is { } absent ? $"The model file {absent} is missing." : null;
    }
}
