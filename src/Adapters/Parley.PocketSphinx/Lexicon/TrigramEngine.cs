using Parley.Diagnostics;
using Parley.Lexicon;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Lexicon;

/// <summary>The trigram model as the composition root sees it.</summary>
public static class TrigramEngine
{
    public const string Name = "trigrams";

    public static EngineRegistration<INgramModel> Registration(PocketSphinxOptions? options = null)
    {
        var path = (options ?? new PocketSphinxOptions()).LanguageModel;
        return new(Name, () => Probe(path), () => new TrigramModel(path));
    }

    private static EngineStatus Probe(string path) => File.Exists(path)
        ? new EngineStatus(VoiceStage.Coach, Name, true, "", $"which of two phrases is likelier, {path}")
        : new EngineStatus(VoiceStage.Coach, Name, false, "", $"{path} is missing", "apt-get install pocketsphinx-en-us");
}
