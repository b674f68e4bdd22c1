using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Parley.Replies;
using Parley.Tutor.Scripting;

namespace Parley.Tutor.Matching;

/// <summary>Finds the values of slots in what was said.</summary>
internal static partial class SlotReader
{
    private const int LongestPhrase = 4;
    private const int LongestNumber = 12;

    private static readonly HashSet<string> s_notNames = new(
        ("a an the not no yes ok tired fine well good sorry here lost hungry thirsty happy sad sick busy from looking going just only in on at " +
         "your my what where how help hello hi thanks").Split(' '), StringComparer.Ordinal);

    // As many entries as the loaded scenarios have lines.
    private static readonly ConcurrentDictionary<string, Regex> s_patterns = new(StringComparer.Ordinal);

    /// <summary>The slot's value if it was said anywhere; a phrase has no shape of its own and is found by <see cref="ReadInPlace"/> alone.</summary>
    public static string? ReadAnywhere(ScenarioSlot slot, IReadOnlyList<string> words) => slot.Kind switch
    {
        SlotKind.List => ReadListed(slot, words),
        SlotKind.Number => NumberReader.ReadNumber(words),
        SlotKind.Time => NumberReader.ReadTime(words),
        SlotKind.Name => ReadName(slot, words, longest: 2),
        _ => null,
    };

    /// <summary>The values where the text follows the answer's wording from beginning to end; null where it does not.</summary>
    public static Dictionary<string, string>? ReadInPlace(Scenario scenario, string template, string heard)
    {
        var match = s_patterns.GetOrAdd(template, PatternOf).Match(heard);
        if (!match.Success) { return null; }
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ScenarioTemplate.SlotsOf(template))
        {
            if (Accept(scenario.Slots[name], match.Groups["slot_" + name].Value) is not { } value) { return null; }
            values[name] = value;
        }
        return values;
    }

    /// <summary>A value as the tutor says it: "latte" of "latte|cafe latte".</summary>
    public static string Spoken(string value) => value.Split('|')[0].Trim();

    private static string? Accept(ScenarioSlot slot, string captured)
    {
        var words = SpokenText.Words(captured);
        if (words.Length == 0 || words.Length > (slot.Kind == SlotKind.Number ? LongestNumber : LongestPhrase)) { return null; }
        return slot.Kind switch
        {
            SlotKind.Phrase => captured,
            SlotKind.Name => ReadName(slot, words, longest: 3),
            _ => ReadAnywhere(slot, words),
        };
    }

    private static string? ReadListed(ScenarioSlot slot, IReadOnlyList<string> words)
    {
        var ways = slot.Values.SelectMany(value => value.Split('|'), (value, way) => (Value: Spoken(value), Words: SpokenText.Words(way)));
        return ways.Where(w => WordSimilarity.IndexOf(words, w.Words) >= 0)
            .OrderByDescending(w => w.Words.Length).ThenByDescending(w => w.Words.All(words.Contains))
            .Select(w => w.Value).FirstOrDefault();
    }

    private static string? ReadName(ScenarioSlot slot, IReadOnlyList<string> words, int longest)
    {
        var match = NamePattern().Match(string.Join(' ', words));
        if (match.Success && match.Groups["name"].Value.Split(' ') is var found && IsName(found)) { return Capitalize(found); }
        return ReadListed(slot, words) ?? (words.Count <= longest && IsName(words) ? Capitalize(words) : null);
    }

    private static bool IsName(IReadOnlyList<string> words) => words.Count is >= 1 and <= 3 && !words.Any(s_notNames.Contains);

    private static string Capitalize(IEnumerable<string> words) =>
        string.Join(' ', words.Where(w => w is not ("please" or "speaking")).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private static Regex PatternOf(string template)
    {
        var parts = template.Split('{', '}').Select((part, i) => i % 2 == 1 ? $"(?<slot_{part}>.{{1,80}}?)" : PatternOfWords(part));
        var pattern = $"^(?:(?:well|oh|um|yes|hello|hi) )?{string.Join(' ', parts.Where(p => p.Length > 0))}(?: please)?$";
        return new Regex(pattern, RegexOptions.CultureInvariant);
    }

    private static string PatternOfWords(string text) =>
        string.Join(' ', SpokenText.Words(text).Select(w => w is "a" or "an" ? "an?" : Regex.Escape(w)));

    [GeneratedRegex(@"\b(?:my name is|my name's|name is|i'm called|they call me|this is|i am|i'm) (?<name>[\p{L}'-]+(?: (?!and\b|from\b|i\b|speaking\b|here\b|please\b)[\p{L}'-]+)?)")]
    private static partial Regex NamePattern();
}
