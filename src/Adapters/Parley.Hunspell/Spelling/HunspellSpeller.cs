using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Parley.Diagnostics;
using Parley.Hunspell.Native;
using Parley.Spelling;

namespace Parley.Hunspell.Spelling;

/// <summary>Spelling by libhunspell.</summary>
/// <remarks>Thread-safe: the library is called by one thread at a time. What it suggested is kept, for learners repeat their errors and a suggestion
/// takes milliseconds.</remarks>
public sealed class HunspellSpeller : ISpeller, IDisposable
{
    private const int LongestWord = 64, MaxKept = 10_000;

    private readonly HunspellHandle _speller;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _suggested = new();

    /// <param name="dictionary">The path of the dictionary without endings.</param>
    /// <exception cref="VoiceException">The library or a file of the dictionary is missing.</exception>
    public HunspellSpeller(string dictionary)
    {
        string[] files = [.. Files(dictionary)];
        // The library itself takes a missing dictionary for an empty one.
        if (!HunspellLibrary.IsAvailable || !files.All(File.Exists)) { throw new VoiceException(VoiceStage.Coach, $"Hunspell or its dictionary {dictionary} is missing."); }
        _speller = HunspellLibrary.Create(files[0], files[1]);
    }

    public bool Knows(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (!CanBeWord(word)) { return false; }
        lock (_lock) { return HunspellLibrary.Spell(_speller, word) != 0; }
    }

    public IReadOnlyList<string> Suggest(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (!CanBeWord(word)) { return []; }
        if (_suggested.TryGetValue(word, out var known)) { return known; }
        var suggestions = Ask(word);
        if (_suggested.Count >= MaxKept) { _suggested.Clear(); }
        return _suggested[word] = suggestions;
    }

    public void Dispose()
    {
        lock (_lock) { _speller.Dispose(); }
    }

    internal static IEnumerable<string> Files(string dictionary) => [$"{dictionary}.aff", $"{dictionary}.dic"];

    private static bool CanBeWord(string word) => word.Length is > 0 and <= LongestWord && !word.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private unsafe List<string> Ask(string word)
    {
        lock (_lock)
        {
            var count = HunspellLibrary.Suggest(_speller, out var list, word);
            try
            {
                var suggestions = new List<string>(count);
                for (var i = 0; i < count; i++) { suggestions.Add(Marshal.PtrToStringUTF8((nint)list[i]) ?? ""); }
                return suggestions;
            }
            finally
            {
                HunspellLibrary.FreeList(_speller, ref list, count);
            }
        }
    }
}
