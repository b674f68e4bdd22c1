using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Rules;

/// <summary>A sequence of conditions; <c>?</c> after one makes it optional, <c>*</c> lets it fit up to three words or none.</summary>
/// <remarks>
/// <c>&lt;s&gt;</c> is the begin of a sentence, <c>&lt;/s&gt;</c> its end. A place that only says what must not be there fits the edge of a sentence too. Immutable.
/// </remarks>
internal sealed class Pattern
{
    private const int MaxRepeat = 3;

    private readonly Place[] _places;

    private Pattern(Place[] places) => _places = places;

    public int Length => _places.Length;

    public static Pattern Parse(string text, IReadOnlyDictionary<string, Condition> lists) => new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p switch
    {
        "<s>" => new Place(PlaceKind.Begin, null, 0, 0),
        "</s>" => new Place(PlaceKind.End, null, 0, 0),
        _ when p.Length > 1 && p.EndsWith('?') => new Place(PlaceKind.Word, Condition.Parse(p[..^1], lists), 0, 1),
        _ when p.Length > 1 && p.EndsWith('*') => new Place(PlaceKind.Word, Condition.Parse(p[..^1], lists), 0, MaxRepeat),
        _ => new Place(PlaceKind.Word, Condition.Parse(p, lists), 1, 1),
    })]);

    /// <summary>Tries the pattern at a word.</summary>
    /// <returns>For each place the words it fits; null where the pattern does not fit.</returns>
    public Range[]? Match(TaggedWord[] words, int start)
    {
        var found = new Range[_places.Length];
        return Match(words, start, 0, found) ? found : null;
    }

    private bool Match(TaggedWord[] words, int at, int place, Range[] found)
    {
        if (place == _places.Length) { return true; }
        var (kind, condition, min, max) = _places[place];
        if (kind != PlaceKind.Word)
        {
            found[place] = at..at;
            return (kind == PlaceKind.Begin ? IsBegin(words, at) : IsEnd(words, at)) && Match(words, at, place + 1, found);
        }
        if (min == 1 && condition!.AllowsNothing && (place == 0 ? IsBegin(words, at) : place == _places.Length - 1 && IsEnd(words, at)))
        {
            found[place] = at..at;
            if (Match(words, at, place + 1, found)) { return true; }
        }
        var fitting = 0;
        while (fitting < max && at + fitting < words.Length && condition!.Fits(words[at + fitting])) { fitting++; }
        for (var taken = fitting; taken >= min; taken--)
        {
            found[place] = at..(at + taken);
            if (Match(words, at + taken, place + 1, found)) { return true; }
        }
        return false;
    }

    private static bool IsBegin(TaggedWord[] words, int at) => at == 0 || IsStop(words[at - 1]);

    private static bool IsEnd(TaggedWord[] words, int at) => at == words.Length || IsStop(words[at]);

    private static bool IsStop(TaggedWord word) => word.Norm is "." or "!" or "?" or ";" or ":" or "\"" or "“" or "”" or "(" or ")";

    private enum PlaceKind
    {
        Word,
        Begin,
        End,
    }

    private readonly record struct Place(PlaceKind Kind, Condition? Condition, int Min, int Max);
}
