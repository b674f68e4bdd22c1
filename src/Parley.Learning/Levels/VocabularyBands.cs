using Parley.Lexicon;
using Parley.Transports.Protocol;

namespace Parley.Learning.Levels;

/// <summary>The level of the CEFR at which learners probably meet a word, by how common it is.</summary>
/// <remarks>
/// An estimate: the more common a word is in a model of English, the sooner it is taken to be learnt. Each level has about as many base forms as the CEFR-J Vocabulary Profile lists up to it; the
/// profile itself is no part of Parley. Words of the kitchen and the nursery are rarer in such models than in lessons, and so come out too high. Immutable and thread-safe.
/// </remarks>
public sealed class VocabularyBands
{
    /// <summary>Of the most common forms, names and inflections among them, so many hold the 1164, 2575, 5021, 7799 and 10,000 base forms up to each level but the last.</summary>
    private static readonly int[] s_forms = [1_541, 3_770, 7_986, 13_071, 17_218];

    private readonly INgramModel _model;
    private readonly double[] _least;

    /// <param name="model">Says how common a word is.</param>
    public VocabularyBands(INgramModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        double[] scores = [.. model.Words.Where(word => word.Length > 0 && char.IsAsciiLetter(word[0])).Select(Score).OrderDescending()];
        _least = [.. s_forms.Select(rank => scores.Length > rank ? scores[rank] : double.NegativeInfinity)];
    }

    /// <summary>The level of a base form.</summary>
    /// <param name="lemma">In any case of letters.</param>
    /// <returns>Null for what is no word that is known.</returns>
    public CefrLevel? Of(string lemma)
    {
        ArgumentNullException.ThrowIfNull(lemma);
        var word = lemma.ToLowerInvariant();
        if (word.Length == 0 || !char.IsAsciiLetter(word[0]) || _model.Find(word) < 0) { return null; }
        var score = Score(word);
        return (CefrLevel)_least.Count(least => score < least);
    }

    private double Score(string word) => _model.Score(_model.Find(word), -1, -1);
}
