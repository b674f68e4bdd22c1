using System.Collections.Concurrent;
using System.Numerics;
using Parley.Lexicon;
using Parley.Spelling;

namespace Parley.Learning.Grammar.Spelling;

/// <summary>What a misspelt word may have been meant for: the words of the language model that are near it, where there is one, or what the speller suggests.</summary>
/// <remarks>Thread-safe. What was found is kept, up to a bound.</remarks>
internal sealed class SpellingCandidates
{
    private const int MaxKept = 10_000, MaxLength = 24;

    /// <summary>What it costs to have run two words together.</summary>
    private const double Join = 1.1;

    private readonly ISpeller _speller;
    private readonly INgramModel? _model;
    private readonly ILookup<int, (string Word, uint Letters)> _byLength;
    private readonly ConcurrentDictionary<string, (string Text, double Cost)[]> _kept = new();

    public SpellingCandidates(ISpeller speller, INgramModel? model)
    {
        (_speller, _model) = (speller, model);
        _byLength = (model?.Words ?? []).Where(w => w.Length is > 1 and <= MaxLength && w.All(c => char.IsAsciiLetterLower(c) || c == '\''))
            .Select(w => (w, Letters(w))).ToLookup(w => w.w.Length);
    }

    /// <summary>The candidates for a word in lower case with how far they are from it.</summary>
    public IReadOnlyList<(string Text, double Cost)> For(string word)
    {
        if (word.Length > MaxLength) { return []; }
        if (_kept.TryGetValue(word, out var known)) { return known; }
        if (_kept.Count >= MaxKept) { _kept.Clear(); }
        return _kept[word] = [.. Near(word).Concat(Split(word)).OrderBy(c => c.Cost).Take(40)];
    }

    private List<(string Text, double Cost)> Near(string word)
    {
        var limit = word.Length switch { <= 3 => 1.05, 4 => 1.45, <= 8 => 0.34 * word.Length, _ => 2.7 };
        var found = new List<(string, double)>();
        if (_model is null)
        {
            return [.. _speller.Suggest(word).Take(5).Select((s, i) => (s.ToLowerInvariant(), 1 + 0.3 * i)).Where(s => !s.Item1.Contains(' '))];
        }
        var letters = Letters(word);
        for (var length = word.Length - 3; length <= word.Length + 3; length++)
        {
            foreach (var (candidate, mask) in _byLength[length])
            {
                if (BitOperations.PopCount(mask ^ letters) > 4) { continue; }
                var cost = SpellingDistance.Between(word, candidate, limit);
                if (cost < limit && IsSpeltSo(candidate)) { found.Add((candidate, cost)); }
            }
        }
        return found;
    }

    private IEnumerable<(string Text, double Cost)> Split(string word)
    {
        for (var at = 1; _model is not null && at < word.Length; at++)
        {
            var (left, right) = (word[..at], word[at..]);
            if ((left.Length > 2 || left is "a" or "i" or "as" or "so" or "no" or "if" or "or" or "an" or "in" or "on" or "to" or "of" or "at" or "is" or "it" or "my" or "be" or "do" or "he" or "we") && (right.Length > 2 || right is "of" or "to" or "in" or "is" or "it" or "up")
                && _model.Find(left) >= 0 && _model.Find(right) >= 0 && _speller.Knows(left) && _speller.Knows(right))
            {
                yield return ($"{left} {right}", Join);
            }
        }
    }

    /// <summary>Names are in the model in lower case, and in the dictionary with a capital.</summary>
    private bool IsSpeltSo(string word) => _speller.Knows(word);

    private static uint Letters(string word)
    {
        var mask = 0u;
        foreach (var c in word) { if (char.IsAsciiLetterLower(c)) { mask |= 1u << (c - 'a'); } }
        return mask;
    }
}
