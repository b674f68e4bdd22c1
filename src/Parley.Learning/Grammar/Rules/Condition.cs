using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Rules;

/// <summary>What one place of a pattern asks of a word: alternatives by <c>|</c>, in each of them conditions by <c>&amp;</c>, each of which <c>!</c> may turn round.</summary>
/// <remarks>
/// A condition is a word (<c>since</c>), a base form (<c>go~</c>), a tag (<c>VBD</c>: taken for it; <c>VBD+</c>: can be it), a list (<c>%months</c>), or <c>_</c>
/// for any word. Immutable.
/// </remarks>
internal sealed class Condition
{
    private readonly (Func<TaggedWord, bool> Holds, bool Not)[][] _alternatives;

    private Condition((Func<TaggedWord, bool>, bool)[][] alternatives)
    {
        _alternatives = alternatives;
        AllowsNothing = alternatives.All(a => a.All(c => c.Item2));
    }

    /// <summary>Whether it only says what must not be there, so that the edge of a sentence fits too.</summary>
    public bool AllowsNothing { get; }

    /// <exception cref="FormatException">A tag or list does not exist.</exception>
    public static Condition Parse(string text, IReadOnlyDictionary<string, Condition> lists) =>
        new([.. text.Split('|').Select(a => a.Split('&').Select(c => c[0] == '!' ? (Atom(c[1..], lists), true) : (Atom(c, lists), false)).ToArray())]);

    public bool Fits(TaggedWord word)
    {
        foreach (var alternative in _alternatives)
        {
            if (FitsAll(alternative, word)) { return true; }
        }
        return false;
    }

    private static bool FitsAll((Func<TaggedWord, bool> Holds, bool Not)[] conditions, TaggedWord word)
    {
        foreach (var (holds, not) in conditions)
        {
            if (holds(word) == not) { return false; }
        }
        return true;
    }

    private static Func<TaggedWord, bool> Atom(string text, IReadOnlyDictionary<string, Condition> lists)
    {
        if (text == "_") { return w => w.Token.IsWord; }
        if (text[0] == '%')
        {
            return lists.TryGetValue(text[1..], out var list) ? list.Fits : throw new FormatException($"There is no list {text}.");
        }
        if (text.EndsWith('~'))
        {
            var lemma = text[..^1];
            return w => w.Token.IsWord && w.Readings.Any(r => r.Base == lemma);
        }
        if (char.IsUpper(text[0]))
        {
            var tag = Enum.Parse<Tag>(text.TrimEnd('+'));
            return text.EndsWith('+') ? w => w.CanBe(tag) : w => w.Is(tag);
        }
        return w => w.Norm == text;
    }
}
