using Parley.Diagnostics;
using Parley.Hunspell.Native;
using Parley.Spelling;

namespace Parley.Hunspell.Spelling;

/// <summary>Hunspell as the composition root sees it.</summary>
public static class HunspellEngine
{
    public const string Name = "hunspell";

    private const string Remedy = "apt-get install libhunspell-1.7-0 hunspell-en-us";

    public static EngineRegistration<ISpeller> Registration(HunspellOptions? options = null)
    {
        var dictionary = (options ?? new HunspellOptions()).Dictionary;
        return new(Name, () => Probe(dictionary), () => new HunspellSpeller(dictionary));
    }

    private static EngineStatus Probe(string dictionary)
    {
        var missing = !HunspellLibrary.IsAvailable ? "libhunspell-1.7 was not found"
            : HunspellSpeller.Files(dictionary).FirstOrDefault(f => !File.Exists(f)) is { } file ? $"{file} is missing" : null;
        return missing is null
            ? new EngineStatus(VoiceStage.Coach, Name, true, "1.7", $"spelling, {dictionary}")
            : new EngineStatus(VoiceStage.Coach, Name, false, "", missing, Remedy);
    }
}
