using Parley.Alignment;
using Parley.Diagnostics;

namespace Parley.Learning.Pronunciation.Stress;

/// <summary>Which syllable of a word is stressed: the digits of CMUdict.</summary>
/// <remarks>Immutable, so thread-safe. Words of one syllable are left out; the others take about 15 MB.</remarks>
public sealed class StressLexicon
{
    /// <summary>The file of the npm package <c>cmu-pronouncing-dictionary</c>, under <c>native/node_modules</c>.</summary>
    public const string PackageFile = "cmu-pronouncing-dictionary/index.js";

    private static readonly Lazy<StressLexicon?> s_installed = new(() => NativeFiles.Find(PackageFile).FirstOrDefault() is { } path ? Load(path) : null);

    private readonly Dictionary<string, string[]> _words;

    private StressLexicon(Dictionary<string, string[]> words) => _words = words;

    /// <summary>The lexicon of this installation, read when it is first asked for; null: there is none.</summary>
    public static StressLexicon? Installed => s_installed.Value;

    /// <summary>Reads a file that has <c>"word": "W ER1 D",</c> in a line; further pronunciations are <c>"word(2)"</c>.</summary>
    /// <exception cref="VoiceException">It cannot be read, or has no such line.</exception>
    public static StressLexicon Load(string path)
    {
        var words = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                if (line.Split('"') is not [_, var key, _, var phones, _] || phones.Count(char.IsAsciiDigit) < 2) { continue; }
                var word = key.Split('(')[0];
                words[word] = words.TryGetValue(word, out var others) ? [.. others, phones] : [phones];
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException(VoiceStage.Coach, $"The dictionary {path} cannot be read.", inner: fault);
        }
        return words.Count > 0 ? new(words) : throw new VoiceException(VoiceStage.Coach, $"The dictionary {path} has no words.");
    }

    /// <summary>The syllable that has the main stress, counted from 0; null for a word that is not in the lexicon, has one syllable, or may be said either way.</summary>
    /// <param name="written">The word, as it stands in a text.</param>
    /// <param name="phones">How it was pronounced, by places among <see cref="Phones.Names"/>: the noun "record" is stressed on another syllable than the verb.</param>
    public int? MainStress(string written, IReadOnlyList<int> phones)
    {
        var word = written.Replace('’', '\'').Trim('"', '\'', ',', '.', ';', ':', '!', '?', '(', ')', '“', '”', '…', '-', '–', '—');
        if (!_words.TryGetValue(word, out var variants)) { return null; }
        var syllables = phones.Count(Phones.IsVowel);
        string[][] fitting = [.. variants.Select(v => v.Split(' ')).Where(v => v.Count(IsVowel) == syllables)];
        var same = fitting.Where(v => v.Select(Phones.IndexOf).SequenceEqual(phones)).ToArray();
        int[] places = [.. (same.Length > 0 ? same : fitting).Select(Stressed).Distinct()];
        return places is [>= 0 and var only] ? only : null;
    }

    private static bool IsVowel(string phone) => char.IsAsciiDigit(phone[^1]);

    // Of compounds that have two of them the lexicon does not say which is the stronger one.
    private static int Stressed(string[] phones)
    {
        string[] vowels = [.. phones.Where(IsVowel)];
        return vowels.Count(v => v[^1] == '1') == 1 ? Array.FindIndex(vowels, v => v[^1] == '1') : -1;
    }
}
