using System.Text.RegularExpressions;
using Parley.Replies;

namespace Parley.Tutor.Dialogue;

/// <summary>
/// Gives a learner's sentence back in good English where a common slip is certain: "I want go home" → "you want to go home".
/// A handful of patterns, not a grammar checker: what they do not know passes.
/// </summary>
internal static partial class Recaster
{
    private const int LongestRecast = 14;

    private const string Verbs = "go|buy|eat|drink|see|take|pay|book|order|visit|learn|stay|leave|find|get|know|speak|make|travel|cancel|change|"
        + "reserve|rent|come|meet|live|study|ask|check|try|sit|return|reach|improve|practise|practice";

    private static readonly Dictionary<string, string> s_base = new(StringComparer.Ordinal)
    {
        ["went"] = "go",
        ["saw"] = "see",
        ["bought"] = "buy",
        ["ate"] = "eat",
        ["took"] = "take",
        ["had"] = "have",
        ["came"] = "come",
        ["made"] = "make",
        ["got"] = "get",
    };

    private static readonly (Regex Slip, MatchEvaluator Better)[] s_slips =
    [
        (Rule($@"\b(want|wants|need|needs|hope|plan|decided|would like|'d like) ({Verbs})\b"), m => $"{m.Groups[1]} to {m.Groups[2]}"),
        (Rule(@"\b(like|love) (play|watch|listen|eat|go|see|buy|speak|learn|visit|meet|read|make)\b"), m => $"{m.Groups[1]} to {m.Groups[2]}"),
        (Rule(@"\bI(?: a|')m agree\b"), _ => "I agree"),
        (Rule(@"\bI have (\w+) years(?: old\b|$)"), m => $"I am {m.Groups[1]} years old"),
        (Rule(@"\bI no (like|want|know|have|need|understand|eat|drink|remember|speak)\b"), m => $"I don't {m.Groups[1]}"),
        (Rule(@"\bI not (like|want|know|have|need|understand|eat|drink|remember|speak)\b"), m => $"I don't {m.Groups[1]}"),
        (Rule(@"\b(he|she|it) (like|want|work|live|need|cost|hurt|look|come|play|start)\b"), m => $"{m.Groups[1]} {m.Groups[2]}s"),
        (Rule(@"\b(he|she|it) (go|do)\b"), m => $"{m.Groups[1]} {m.Groups[2]}es"),
        (Rule(@"\b(he|she|it) have\b"), m => $"{m.Groups[1]} has"),
        (Rule(@"\b(he|she|it) don't\b"), m => $"{m.Groups[1]} doesn't"),
        (Rule(@"\bmore (better|bigger|smaller|cheaper|easier|faster|older|younger|worse|warmer|colder)\b"), m => m.Groups[1].Value),
        (Rule(@"\b(information|furniture|advice|luggage|baggage|homework|equipment)s\b"), m => m.Groups[1].Value),
        (Rule(@"\b(two|three|four|five|six|seven|eight|nine|ten|\d{2,}|[2-9]) (coffee|ticket|night|day|week|month|year|bag|suitcase|hour|minute|friend|brother|sister|room|bed|time|language)(?=$| (?!old|room|shop))"),
            m => $"{m.Groups[1]} {m.Groups[2]}s"),
        (Rule(@"\bsince (\w+) (years|months|weeks|days|hours|minutes)\b"), m => $"for {m.Groups[1]} {m.Groups[2]}"),
        (Rule(@"\byesterday I go\b"), _ => "yesterday I went"),
        (Rule(@"\bI go (.*)yesterday\b"), m => $"I went {m.Groups[1]}yesterday"),
        (Rule(@"\bdidn't (went|saw|bought|ate|took|had|came|made|got)\b"), m => $"didn't {s_base[m.Groups[1].Value.ToLowerInvariant()]}"),
        (Rule(@"\bpeople is\b"), _ => "people are"),
        (Rule(@"\bI(?: a|')m born\b"), _ => "I was born"),
        (Rule(@"\blisten music\b"), _ => "listen to music"),
        (Rule(@"\bmarried with\b"), _ => "married to"),
        (Rule(@"\bdepend of\b"), _ => "depend on"),
        (Rule(@"\bgood in (English|sports|maths|football|tennis|cooking)\b"), m => $"good at {m.Groups[1]}"),
        (Rule(@"\ba ((?!one\b|uni|use|euro|hour|of\b|a\b|and\b|i\b)[aeiou]\w+)"), m => $"an {m.Groups[1]}"),
    ];

    private static readonly Dictionary<string, string> s_toSecondPerson = new(StringComparer.OrdinalIgnoreCase)
    {
        ["i"] = "you",
        ["i'm"] = "you're",
        ["i'd"] = "you'd",
        ["i'll"] = "you'll",
        ["i've"] = "you've",
        ["my"] = "your",
        ["me"] = "you",
        ["mine"] = "yours",
        ["myself"] = "yourself",
        ["am"] = "are",
    };

    /// <summary>The sentence put right and turned to the second person, without a final stop; null where no slip was found.</summary>
    public static string? Recast(string heard)
    {
        var text = heard.Trim().TrimEnd('.', '!', ' ').Replace('’', '\'');
        var words = SpokenText.Words(text);
        // A question, or a sentence about the tutor, would not come back right.
        if (words.Length is < 3 or > LongestRecast || text.Contains('?') || words.Any(w => w is "you" or "your")) { return null; }
        var better = text;
        foreach (var (slip, replacement) in s_slips) { better = slip.Replace(better, replacement); }
        return better == text ? null : ToSecondPerson(better);
    }

    private static string ToSecondPerson(string text)
    {
        var turned = WordPattern().Replace(text, m => s_toSecondPerson.GetValueOrDefault(m.Value, m.Value));
        turned = YouWas().Replace(turned, "you were");
        return char.ToLowerInvariant(turned[0]) + turned[1..];
    }

    private static Regex Rule(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"[\p{L}']+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\byou was\b", RegexOptions.IgnoreCase)]
    private static partial Regex YouWas();
}
