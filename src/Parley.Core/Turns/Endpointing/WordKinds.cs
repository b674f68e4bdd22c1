using System.Collections.Frozen;

namespace Parley.Turns.Endpointing;

/// <summary>The English function words, by what they ask for after them.</summary>
internal static class WordKinds
{
    private static readonly FrozenDictionary<string, WordKind> s_kinds = Build(
        (WordKind.Determiner, "a an the my your our their its every"),
        (WordKind.Conjunction, "and but or because so than as"),
        (WordKind.Subordinator, "if when while although though since until unless whether"),
        (WordKind.Preposition, "of at from with for to in on by about into onto between through during without near like"),
        (WordKind.Auxiliary, """
            is are was were am be been do does did have has had will would can could should may might must isn't aren't wasn't weren't don't doesn't
            didn't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't i'm you're we're they're i'll you'll we'll they'll he'll she'll
            i've you've we've they've i'd you'd we'd they'd
            """),
        (WordKind.Subject, "i he she we they you it"),
        (WordKind.Question, "what where who why how which whose"),
        (WordKind.Filler, "um uh er erm hmm mm mmm ah well"),
        (WordKind.Answer, "yes yeah yep no nope okay ok sure thanks thank right correct exactly please maybe hello hi bye goodbye sorry nothing never always"));

    private static readonly FrozenDictionary<string, WordKind>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static WordKind Of(ReadOnlySpan<char> word) => s_lookup.TryGetValue(word, out var kind) ? kind : WordKind.Content;

    private static FrozenDictionary<string, WordKind> Build(params ReadOnlySpan<(WordKind Kind, string Words)> kinds)
    {
        var map = new Dictionary<string, WordKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, words) in kinds)
        {
            foreach (var word in words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)) { map[word] = kind; }
        }
        return map.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
