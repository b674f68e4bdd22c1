using Parley.Diagnostics;
using Parley.Lexicon;
using Parley.WordNet.Tools;

namespace Parley.WordNet.Lexicon;

/// <summary>WordNet's classes of words as the composition root sees them.</summary>
public static class WordNetLexiconEngine
{
    public static EngineRegistration<IWordClasses> Registration(WordNetOptions? options = null)
    {
        var folder = (options ?? new WordNetOptions()).Folder;
        return new(WordNetEngine.Name, () => Probe(folder), () => new WordNetLexicon(folder));
    }

    private static EngineStatus Probe(string folder)
    {
        var missing = WordNetDictionary.Files.Append(WordNetLexicon.Counts).FirstOrDefault(f => !File.Exists(Path.Combine(folder, f)));
        return missing is null
            ? new EngineStatus(VoiceStage.Coach, WordNetEngine.Name, true, "3.0", $"classes of words, {folder}")
            : new EngineStatus(VoiceStage.Coach, WordNetEngine.Name, false, "", $"{Path.Combine(folder, missing)} is missing", WordNetEngine.Remedy);
    }
}
