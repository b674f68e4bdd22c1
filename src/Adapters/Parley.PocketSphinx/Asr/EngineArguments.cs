using Parley.Diagnostics;
using Parley.PocketSphinx.Native;

namespace Parley.PocketSphinx.Asr;

/// <summary>The settings that PocketSphinx is started with.</summary>
internal static class EngineArguments
{
    /// <summary>How much more a language model counts than an acoustic one, and the share of its score that each word keeps: the library's own values.</summary>
    public const float LanguageWeight = 6.5f, InsertionPenalty = 0.65f;

    /// <summary>
    /// Free dictation: the lexicon tree, then a flat pass over the words that it found, then the best path through the lattice. More than
    /// 5 000 active models a frame take twice the time and lose no fewer words in the recordings of DictationAccuracyTests. The flat pass
    /// costs a third more and takes Flite's speech from 7.6 to 5.1 % word errors; with the tree's language weight instead of its own it
    /// leaves human recordings where they were.
    /// </summary>
    public static ConfigHandle Dictation(PocketSphinxOptions options) => Parse(
        [.. Shared(options), "-lm", options.LanguageModel, "-fwdflat", "yes", "-fwdflatlw", "6.5", "-maxhmmpf", "5000", "-maxwpf", "30"]);

    /// <summary>Grammars and small language models: nothing is pruned that a learner's accent may still make right.</summary>
    public static ConfigHandle Guided(PocketSphinxOptions options) => Parse(
        [.. Shared(options), "-beam", "1e-80", "-wbeam", "1e-60", "-pbeam", "1e-80", "-fwdflat", "no"]);

    /// <summary>The analysis of the audio: the acoustic model's own settings, silence kept so that times stay true.</summary>
    public static ConfigHandle FrontEnd(PocketSphinxOptions options, bool removeNoise) => Parse(
        [.. FeatureSettings(options), "-remove_silence", "no", "-remove_noise", removeNoise ? "yes" : "no"]);

    /// <summary>Alignment: words are phones, so there is no dictionary; silence is where the grammar says, and hardly anything is pruned.</summary>
    public static ConfigHandle Alignment(PocketSphinxOptions options, string? scoreFolder) => Parse(
    [
        .. Acoustics(options), "-beam", "1e-80", "-wbeam", "1e-80", "-pbeam", "1e-80", "-fwdflat", "no", "-bestpath", "no", "-fsgusefiller", "no",
        .. scoreFolder is null ? (string[])[] : ["-compallsen", "yes", "-senlogdir", scoreFolder],
    ]);

    // The mean is subtracted by us (DecodingPass), so the decoder must not: but feat.params would overrule the arguments,
    // hence its lines are given as arguments and the decoder is sent to a file that is not there.
    private static List<string> Acoustics(PocketSphinxOptions options) =>
    [
        .. FeatureSettings(options), "-cmn", "none", "-featparams", Path.Combine(options.AcousticModel, "given-as-arguments"), "-hmm", options.AcousticModel,
    ];

    private static List<string> Shared(PocketSphinxOptions options) => [.. Acoustics(options), "-dict", options.Dictionary];

    private static List<string> FeatureSettings(PocketSphinxOptions options)
    {
        var path = Path.Combine(options.AcousticModel, "feat.params");
        try
        {
            var settings = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return [.. settings.Chunk(2).Where(pair => pair is [not "-cmn", _]).SelectMany(pair => pair)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException(VoiceStage.Asr, $"PocketSphinx's model settings {path} cannot be read.", inner: fault);
        }
    }

    private static ConfigHandle Parse(string[] values)
    {
        var config = SphinxLibrary.ParseArguments(nint.Zero, SphinxLibrary.Arguments(), values.Length, values, 0); // 0: feat.params has lines for other programs
        return config.IsInvalid ? throw new VoiceException(VoiceStage.Asr, "PocketSphinx refused its settings.") : config;
    }
}
