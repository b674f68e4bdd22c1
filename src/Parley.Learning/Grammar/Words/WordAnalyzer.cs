using System.Collections.Concurrent;
using System.Globalization;
using Parley.Lexicon;

namespace Parley.Learning.Grammar.Words;

/// <summary>Finds what a word may be: the closed classes from a list, the open ones from the lexicon, the rest by ending.</summary>
/// <remarks>Thread-safe. Words that were asked for are kept, up to a bound.</remarks>
internal sealed class WordAnalyzer(IWordClasses lexicon)
{
    private const int MaxKept = 20_000;

    private static readonly Dictionary<string, string> s_bases = new()
    {
        ["am"] = "be", ["is"] = "be", ["are"] = "be", ["was"] = "be", ["were"] = "be", ["been"] = "be", ["being"] = "be", ["'m"] = "be", ["'re"] = "be", ["'s"] = "be",
        ["has"] = "have", ["had"] = "have", ["having"] = "have", ["'ve"] = "have", ["'d"] = "would", ["does"] = "do", ["did"] = "do", ["done"] = "do", ["doing"] = "do",
        ["going"] = "go", ["n't"] = "not", ["ca"] = "can", ["wo"] = "will", ["'ll"] = "will", ["others"] = "other", ["lots"] = "lot", ["people"] = "person",
        ["children"] = "child", ["these"] = "this", ["those"] = "that",
    };

    private static readonly Dictionary<string, Reading[]> s_closed = ReadClosed();

    private readonly ConcurrentDictionary<string, Reading[]> _kept = new();

    /// <summary>All that a word in lower case may be; never empty.</summary>
    public IReadOnlyList<Reading> Analyze(string word)
    {
        if (s_closed.TryGetValue(word, out var closed) || _kept.TryGetValue(word, out closed)) { return closed; }
        if (_kept.Count >= MaxKept) { _kept.Clear(); }
        var open = Open(word);
        return _kept[word] = open.Length > 0 ? open : Guess(word);
    }

    /// <summary>Whether the word is in the list or the lexicon.</summary>
    public bool Knows(string word) => s_closed.ContainsKey(word) || lexicon.Read(word).Count > 0;

    /// <summary>Whether a word of the closed classes: articles, pronouns, prepositions, auxiliaries.</summary>
    public static bool IsClosed(string word) => s_closed.ContainsKey(word);

    private Reading[] Open(string word)
    {
        var found = lexicon.Read(word);
        if (found.Count == 0) { return []; }
        var total = found.Sum(r => r.Count + 0.5);
        return [.. found.SelectMany(r => Forms(word, r).Select(tag => new Reading(tag, r.Base, Math.Log((r.Count + 0.5) / total))))
            .DistinctBy(r => (r.Tag, r.Base))];
    }

    private static IEnumerable<Tag> Forms(string word, WordReading reading)
    {
        var lemma = reading.Base;
        switch (reading.Class)
        {
            case WordClass.Noun:
                if (word == lemma) { yield return Tag.NN; } else { yield return Tag.NNS; }
                break;
            case WordClass.Adjective:
                yield return word == lemma ? Tag.JJ : word.EndsWith('t') ? Tag.JJS : Tag.JJR;
                break;
            case WordClass.Adverb:
                yield return Tag.RB;
                break;
            default:
                if (word == lemma) { yield return Tag.VB; yield return Tag.VBP; }
                if (word == Inflector.Third(lemma)) { yield return Tag.VBZ; }
                if (word == Inflector.Gerund(lemma) || (word != lemma && word.EndsWith("ing", StringComparison.Ordinal))) { yield return Tag.VBG; }
                var irregularByRule = Inflector.IsIrregular(lemma) && word != lemma && Inflector.IsWithEd(word, lemma);
                if (irregularByRule || Inflector.IsPast(word, lemma)) { yield return Tag.VBD; }
                if (irregularByRule || Inflector.IsParticiple(word, lemma)) { yield return Tag.VBN; }
                break;
        }
    }

    private static Reading[] Guess(string word) => word switch
    {
        _ when word.EndsWith("ly", StringComparison.Ordinal) => [new(Tag.RB, word, -0.3), new(Tag.JJ, word, -1.5)],
        _ when word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 5 => [new(Tag.VBG, word[..^3], -0.5), new(Tag.NN, word, -1)],
        _ when word.EndsWith("ed", StringComparison.Ordinal) && word.Length > 4 => [new(Tag.VBD, word[..^2], -0.7), new(Tag.VBN, word[..^2], -0.7), new(Tag.JJ, word, -2)],
        _ when word.EndsWith("ous", StringComparison.Ordinal) || word.EndsWith("ful", StringComparison.Ordinal) || word.EndsWith("able", StringComparison.Ordinal)
            || word.EndsWith("ive", StringComparison.Ordinal) || word.EndsWith("ic", StringComparison.Ordinal) || word.EndsWith("al", StringComparison.Ordinal) => [new(Tag.JJ, word, -0.3), new(Tag.NN, word, -1.5)],
        _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && word.Length > 3 => [new(Tag.NNS, word[..^1], -0.3), new(Tag.NN, word, -1.5), new(Tag.VBZ, word[..^1], -2.5)],
        _ => [new(Tag.NN, word, -0.2), new(Tag.JJ, word, -2), new(Tag.VB, word, -3), new(Tag.VBP, word, -3)],
    };

    private static Dictionary<string, Reading[]> ReadClosed() => Resource.Lines("Grammar.Words.closed-words.txt").Select(l => l.Split(' ')).ToDictionary(
        f => f[0], f => f.Skip(1).Select(field => field.Split(':')).Select(p => new Reading(
            Enum.Parse<Tag>(p[0]), s_bases.GetValueOrDefault(f[0], f[0]), p.Length > 1 ? double.Parse(p[1], CultureInfo.InvariantCulture) : 0)).ToArray());
}
