using Parley.Diagnostics;
using Parley.Replies.Tools;

namespace Parley.WordNet.Tools;

/// <summary>WordNet's dictionary files (Fellbaum 1998), read where they lie: a search in a sorted file, then a line for each meaning.</summary>
/// <remarks>Thread-safe. It keeps twelve files open and nothing in memory.</remarks>
public sealed class WordNetDictionary : IWordDictionary, IDisposable
{
    private const int MaxSenses = 10, SensesOfEach = 3;

    /// <summary>What the folder must hold.</summary>
    internal static IEnumerable<string> Files { get; } = PartOfSpeech.All.SelectMany(c => c.Files);

    private readonly List<PartOfSpeechFiles> _classes = [];

    /// <param name="folder">The folder of the files.</param>
    /// <exception cref="VoiceException">A file is missing or cannot be read.</exception>
    public WordNetDictionary(string folder)
    {
        try
        {
            foreach (var part in PartOfSpeech.All) { _classes.Add(new PartOfSpeechFiles(part, folder)); }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new VoiceException(VoiceStage.Tools, $"WordNet cannot be read: {e.Message}", inner: e);
        }
    }

    public IReadOnlyList<WordSense> LookUp(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var lemma = ToLemma(word);
        var senses = FindSenses(lemma);
        if (senses.Count == 0 && lemma.Contains('_', StringComparison.Ordinal)) { senses = FindSenses(lemma.Replace('_', '-')); }
        if (senses.Count == 0 && lemma.Contains('-', StringComparison.Ordinal)) { senses = FindSenses(lemma.Replace('-', '_')); }
        return senses;
    }

    public void Dispose() => _classes.ForEach(c => c.Dispose());

    /// <summary>The more meanings of an entry were met in running text, the more common it is.</summary>
    private List<WordSense> FindSenses(string lemma) => lemma.Length == 0 ? [] :
        [.. _classes.SelectMany(c => c.Find(lemma).Select(entry => (Class: c, Entry: entry))).OrderByDescending(f => f.Entry.CommonSenses)
            .SelectMany(f => f.Entry.Synsets.Take(SensesOfEach).Select(at => f.Class.ReadSense(f.Entry.Lemma, at))).OfType<WordSense>().Take(MaxSenses)];

    /// <summary>As the files write it: lower case, underscores between words, no marks around it.</summary>
    private static string ToLemma(string word)
    {
        var bare = word.Trim().Trim('"', '\'', '“', '”', '‘', '’', '.', ',', ';', ':', '!', '?', '(', ')').Replace('’', '\'').ToLowerInvariant();
        return string.Join('_', bare.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
