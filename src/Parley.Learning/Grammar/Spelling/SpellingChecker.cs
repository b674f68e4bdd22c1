using Parley.Learning.Grammar.Ranking;
using Parley.Learning.Grammar.Words;
using Parley.Lexicon;
using Parley.Spelling;

namespace Parley.Learning.Grammar.Spelling;

/// <summary>Corrects words that no dictionary has, by how near a word is and how well it stands in its place.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SpellingChecker(ISpeller speller, IWordClasses lexicon, SpellingCandidates candidates, PhraseScorer? scorer)
{
    /// <summary>What a slip costs, in the logarithm of a probability.</summary>
    private const double SlipCost = 4.2;

    /// <summary>A candidate with less is left alone: the word is more likely one that the dictionary lacks.</summary>
    private const double ShortWordScore = 3, LongWordScore = -5;

    private static readonly Dictionary<string, string> s_common = Resource.Lines("Grammar.Spelling.common-errors.txt")
        .ToDictionary(l => l[..l.IndexOf(' ', StringComparison.Ordinal)], l => l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    private static readonly string[] s_suffixes = ["er", "ers", "ant", "able", "ness", "less", "ish"];

    private const string Type = "SPELL", Level = "A1";

    public void Correct(Sentence sentence)
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            var token = sentence.Tokens[i];
            if (!token.IsWord || token.IsFixed) { continue; }
            if (IsLowerName(token)) { Put(sentence, i, Capital(token.Norm), s_name); }
            else if (!IsKnown(token) && !IsName(sentence.Tokens, i) && Best(sentence.Tokens, i) is { } best) { Put(sentence, i, best, s_spelling); }
        }
    }

    private static readonly Func<Change> s_spelling = () => new Change("spelling", Type, Level, "This word is not spelt so.", "这个单词拼写有误。");

    private static readonly Func<Change> s_name = () => new Change("capital-name", "ORTH", Level, "Names, languages, countries, days and months begin with a capital letter.", "人名、语言、国家、星期和月份的首字母要大写。");

    private static void Put(Sentence sentence, int at, string text, Func<Change> why)
    {
        var cased = char.IsUpper(sentence.Tokens[at].Text[0]) ? Capital(text) : text;
        sentence.Replace(at, at + 1, cased.Split(' '), why());
    }

    private bool IsKnown(Token token)
    {
        var word = token.Norm;
        if ((word.Length < 2 && !s_common.ContainsKey(word)) || word[0] == '\'' || WordAnalyzer.IsClosed(word) || (speller.Knows(word) && !s_common.ContainsKey(word)) || speller.Knows(token.Text)) { return true; }
        if (word.Contains('-', StringComparison.Ordinal)) { return word.Split('-').All(p => p.Length < 2 || speller.Knows(p) || lexicon.Read(p).Count > 0); }
        return lexicon.Read(word).Any(r => IsForm(word, r)) || s_suffixes.Any(s => IsDerived(word, s));
    }

    /// <summary>Whether a suffix that takes any word was put to one that is known, as nobody lists all of those.</summary>
    private bool IsDerived(string word, string suffix) =>
        word.Length > suffix.Length + 4 && word.EndsWith(suffix, StringComparison.Ordinal) && (IsStem(word[..^suffix.Length]) || IsStem($"{word[..^suffix.Length]}e"));

    private bool IsStem(string stem) => speller.Knows(stem) && lexicon.Read(stem).Any(r => r.Base == stem);

    /// <summary>Whether a form is made right, or by rule from an irregular word: then a rule knows better what it should be.</summary>
    private static bool IsForm(string word, WordReading reading) => word == reading.Base || reading.Class switch
    {
        WordClass.Noun => word == Inflector.Plural(reading.Base) || word == $"{reading.Base}s",
        WordClass.Verb => word == Inflector.Third(reading.Base) || word == Inflector.Gerund(reading.Base) || Inflector.IsPast(word, reading.Base)
            || (Inflector.IsIrregular(reading.Base) && Inflector.IsWithEd(word, reading.Base)),
        _ => false,
    };

    private bool IsLowerName(Token token) => char.IsLower(token.Text[0]) && !speller.Knows(token.Norm) && speller.Knows(Capital(token.Norm)) && lexicon.Read(token.Norm).Count > 0;

    /// <summary>A capital within a sentence: a name that no dictionary has.</summary>
    private static bool IsName(IReadOnlyList<Token> tokens, int at) =>
        char.IsUpper(tokens[at].Text[0]) && (tokens.Take(at).Any(t => t.IsWord) || tokens[at].Text.Skip(1).Any(char.IsUpper));

    private string? Best(IReadOnlyList<Token> tokens, int at)
    {
        var word = tokens[at].Norm;
        if (s_common.TryGetValue(word, out var meant)) { return meant; }
        if (word.Length < 3 || word.Contains('\'', StringComparison.Ordinal)) { return null; }
        string? best = null;
        var most = double.NegativeInfinity;
        foreach (var (text, cost) in candidates.For(word))
        {
            var score = (scorer?.Gain(tokens, at, at + 1, text.Split(' ')) ?? 0) - SlipCost * cost;
            if (score > most) { (best, most) = (text, score); }
        }
        // Of a short word little is left to guess from.
        return scorer is not null && most < (word.Length <= 6 ? ShortWordScore : LongWordScore) ? null : best;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
