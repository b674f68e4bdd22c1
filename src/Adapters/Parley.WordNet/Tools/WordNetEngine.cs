using System.Globalization;
using Parley.Diagnostics;
using Parley.Replies.Tools;

namespace Parley.WordNet.Tools;

/// <summary>WordNet as the composition root sees it.</summary>
public static class WordNetEngine
{
    public const string Name = "wordnet";

    internal const string Remedy = "apt-get install wordnet-base";

    public static EngineRegistration<IWordDictionary> Registration(WordNetOptions? options = null)
    {
        var folder = (options ?? new WordNetOptions()).Folder;
        return new(Name, () => Probe(folder), () => new WordNetDictionary(folder));
    }

    private static EngineStatus Probe(string folder)
    {
        var missing = WordNetDictionary.Files.FirstOrDefault(f => !File.Exists(Path.Combine(folder, f)));
        return missing is null
            ? new EngineStatus(VoiceStage.Tools, Name, true, "3.0", string.Create(CultureInfo.InvariantCulture, $"a dictionary, {folder}"))
            : new EngineStatus(VoiceStage.Tools, Name, false, "", $"{Path.Combine(folder, missing)} is missing", Remedy);
    }
}
