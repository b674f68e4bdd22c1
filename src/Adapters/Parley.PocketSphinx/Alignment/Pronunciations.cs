using Parley.Alignment;
using Parley.Diagnostics;
using Parley.PocketSphinx.Asr;
using Parley.Tts;

namespace Parley.PocketSphinx.Alignment;

/// <summary>How words may be pronounced: every variant of CMUdict, or a guess from the spelling.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
internal sealed class Pronunciations
{
    private readonly Dictionary<string, int[][]> _words;

    private Pronunciations(Dictionary<string, int[][]> words) => _words = words;

    /// <summary>Reads the dictionary; variants of a word are <c>word(2)</c> and follow it.</summary>
    /// <exception cref="VoiceException">It cannot be read.</exception>
    public static Pronunciations Load(string path)
    {
        var words = new Dictionary<string, int[][]>(140_000, StringComparer.Ordinal);
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                int[] phones = [.. parts.Skip(1).Select(Phones.IndexOf)];
                if (phones.Length == 0 || phones.Contains(-1)) { continue; }
                var word = parts[0].Split('(')[0];
                words[word] = words.TryGetValue(word, out var others) ? [.. others, phones] : [phones];
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException(VoiceStage.Coach, $"The dictionary {path} cannot be read.", inner: fault);
        }
        return new(words);
    }

    /// <summary>The ways to say a written word: for each word that it is spoken as, its variants. Empty where it cannot be spoken.</summary>
    public IReadOnlyList<int[][]> Of(string written) => [.. SpokenForm.Words(written).SelectMany(Variants)];

    private IEnumerable<int[][]> Variants(string word)
    {
        if (_words.TryGetValue(word, out var variants)) { return [variants]; }
        // "don'ts", "teacher's": what the dictionary has, and an ending.
        if (word.EndsWith("'s", StringComparison.Ordinal) && _words.TryGetValue(word[..^2], out var stem)) { return [[.. stem.Select(s => (int[])[.. s, PluralOf(s[^1])])]]; }
        return [[[.. LetterToSound.Pronounce(word).Split(' ').Select(Phones.IndexOf)]]];
    }

    private static int PluralOf(int last) => Phones.IndexOf(Phones.Names[last] is "P" or "T" or "K" or "F" or "TH" ? "S" : "Z");
}
