using System.Collections.Concurrent;
using System.Globalization;
using Parley.Diagnostics;
using Parley.Lexicon;
using Parley.WordNet.Tools;

namespace Parley.WordNet.Lexicon;

/// <summary>The classes of words by WordNet's index, its list of exceptions, and the counts of its tagged texts.</summary>
/// <remarks>Thread-safe. Words that were asked for are kept, up to a bound.</remarks>
public sealed class WordNetLexicon : IWordClasses, IDisposable
{
    internal const string Counts = "cntlist.rev";

    private const int MaxKept = 20_000;

    private readonly List<(WordClass Class, PartOfSpeechFiles Files)> _classes = [];
    private readonly Dictionary<(string Lemma, WordClass Class), int> _counts;
    private readonly ConcurrentDictionary<string, WordReading[]> _kept = new();

    /// <param name="folder">The folder of the files.</param>
    /// <exception cref="VoiceException">A file is missing or cannot be read.</exception>
    public WordNetLexicon(string folder)
    {
        try
        {
            foreach (var files in PartOfSpeech.All) { _classes.Add((Enum.Parse<WordClass>(files.Name, ignoreCase: true), new PartOfSpeechFiles(files, folder))); }
            _counts = ReadCounts(Path.Combine(folder, Counts));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new VoiceException(VoiceStage.Coach, $"WordNet cannot be read: {e.Message}", inner: e);
        }
    }

    public IReadOnlyList<WordReading> Read(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var lemma = word.ToLowerInvariant();
        if (_kept.TryGetValue(lemma, out var known)) { return known; }
        if (lemma.Any(c => !char.IsAsciiLetter(c) && c is not ('-' or '\'' or '.'))) { return []; }
        WordReading[] readings = [.. _classes.SelectMany(c => c.Files.Find(lemma).Select(e => e.Lemma).Distinct()
            .Select(l => new WordReading(c.Class, l, _counts.GetValueOrDefault((l, c.Class)))))];
        if (_kept.Count >= MaxKept) { _kept.Clear(); }
        return _kept[lemma] = readings;
    }

    public void Dispose() => _classes.ForEach(c => c.Files.Dispose());

    /// <summary>Reads lines such as <c>abandon%2:31:00:: 2 4</c>: lemma, class, the number of the sense, how often it was met.</summary>
    private static Dictionary<(string, WordClass), int> ReadCounts(string path)
    {
        var counts = new Dictionary<(string, WordClass), int>();
        foreach (var line in File.ReadLines(path))
        {
            var (mark, last) = (line.IndexOf('%', StringComparison.Ordinal), line.LastIndexOf(' '));
            if (mark < 1 || last < mark || !int.TryParse(line.AsSpan(last + 1), CultureInfo.InvariantCulture, out var count)) { continue; }
            WordClass? read = line[mark + 1] switch { '1' => WordClass.Noun, '2' => WordClass.Verb, '3' or '5' => WordClass.Adjective, '4' => WordClass.Adverb, _ => null };
            if (read is { } found)
            {
                var key = (line[..mark], found);
                counts[key] = counts.GetValueOrDefault(key) + count;
            }
        }
        return counts;
    }
}
