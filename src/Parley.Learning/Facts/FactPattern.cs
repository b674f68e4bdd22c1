using System.Collections.Frozen;
using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Facts;

/// <summary>A way in which learners say something of themselves (<c>facts.txt</c>).</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Places">One a word.</param>
internal sealed record FactPattern(FactKind Kind, IReadOnlyList<string> Places)
{
    private const int MostWords = 6;

    private static readonly FrozenDictionary<string, FrozenSet<string>> s_lists = Resource.Lines("Facts.facts.txt").Where(l => l.StartsWith("list ", StringComparison.Ordinal)).Select(l => l.Split(' '))
        .ToFrozenDictionary(f => f[1], f => f.Skip(2).ToFrozenSet());

    // What begins another thought.
    private static readonly FrozenSet<string> s_stops = new[]
    {
        "because", "but", "so", "when", "where", "which", "who", "that", "if", "although", "though", "since", "while", "until", "than", "then", "anyway", "please", "oh", "um", "uh",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_subjects = new[] { "i", "we", "he", "she", "they", "it", "you", "my", "our", "there", "this" }.ToFrozenSet();

    // They point to something that was said before, and mean nothing afterwards.
    private static readonly FrozenSet<string> s_pointers = new[] { "it", "this", "that", "them", "you", "him", "her", "one", "these", "those", "here", "there", "what", "how", "not", "n't", "very", "so", "too" }.ToFrozenSet();

    // They say how much, not what.
    private static readonly string[] s_tails = [" very much", " so much", " a lot", " too", " now", " really", " as well", " at the moment", " here", " today"];

    /// <summary>All patterns, in their order.</summary>
    public static IReadOnlyList<FactPattern> All { get; } =
    [
        .. Resource.Lines("Facts.facts.txt").Where(l => char.IsUpper(l[0])).Select(l => l.Split(' ')).Select(f => new FactPattern(Enum.Parse<FactKind>(f[0]), f[1..])),
    ];

    /// <summary>The words after which a pattern may begin inside a sentence.</summary>
    public static FrozenSet<string> Before { get; } = Resource.Lines("Facts.facts.txt").Single(l => l.StartsWith("before ", StringComparison.Ordinal)).Split(' ').Skip(1).ToFrozenSet();

    /// <summary>What the words say that begin at a place.</summary>
    /// <param name="tokens">A sentence.</param>
    /// <param name="start">Where.</param>
    /// <returns>The value; null where the pattern does not fit.</returns>
    public string? Match(IReadOnlyList<Token> tokens, int start)
    {
        var (at, value) = (start, "");
        foreach (var place in Places)
        {
            if (place[0] == '<')
            {
                (value, var end) = Capture(tokens, at, place == "<number>" ? 1 : MostWords);
                if (!Fits(place, value)) { return null; }
                at = end;
                continue;
            }
            var isOptional = place.EndsWith('?');
            if (at < tokens.Count && place.TrimEnd('?').Split('|').Any(choice => choice[0] == '%' ? s_lists[choice[1..]].Contains(tokens[at].Norm) : choice == tokens[at].Norm)) { at++; }
            else if (!isOptional) { return null; }
        }
        // Without a value the words themselves are it: "married".
        return value.Length > 0 ? value : tokens[at - 1].Norm;
    }

    private static (string Value, int End) Capture(IReadOnlyList<Token> tokens, int start, int most)
    {
        var end = start;
        while (end < tokens.Count && end - start < most && IsPart(tokens, end)) { end++; }
        var value = string.Concat(tokens.Skip(start).Take(end - start).Select((t, i) => i == 0 ? t.Text : t.Space + t.Text));
        foreach (var tail in s_tails) { value = value.EndsWith(tail, StringComparison.OrdinalIgnoreCase) ? value[..^tail.Length] : value; }
        return (value, end);
    }

    private static bool IsPart(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.Other) || s_stops.Contains(token.Norm)) { return false; }
        return token.Norm is not ("and" or "or") || (at + 1 < tokens.Count && tokens[at + 1].IsWord && !s_subjects.Contains(tokens[at + 1].Norm));
    }

    private bool Fits(string place, string value)
    {
        string[] words = [.. value.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        if (words.Length == 0 || s_pointers.Contains(words[0])) { return false; }
        return place switch
        {
            "<number>" => words[0].All(char.IsAsciiDigit) && int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture) is > 3 and < 120,
            "<job>" => s_lists["job"].Contains(words[^1]) || words.Any(s_lists["job"].Contains),
            "<kin>" => words.Any(w => s_lists["kin"].Contains(w) || s_lists["pet"].Contains(w)),
            _ => Kind != FactKind.Name || (words.Length <= 3 && words.All(w => w.All(c => char.IsLetter(c) || c is '-' or '\'') && !WordAnalyzer.IsClosed(w))),
        };
    }
}
