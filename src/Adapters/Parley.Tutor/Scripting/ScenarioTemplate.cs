using System.Text.RegularExpressions;

namespace Parley.Tutor.Scripting;

/// <summary>Lines with <c>{slot}</c> in them.</summary>
internal static partial class ScenarioTemplate
{
    public static IEnumerable<string> SlotsOf(string template) =>
        SlotPattern().Matches(template).Select(m => m.Groups["slot"].Value).Distinct(StringComparer.Ordinal);

    /// <summary>Puts values in; "a" before a value that begins with a vowel becomes "an", and a sentence's first letter a capital.</summary>
    public static string Fill(string template, Func<string, string> valueOf)
    {
        var filled = SlotPattern().Replace(template, m =>
        {
            var value = valueOf(m.Groups["slot"].Value);
            var article = m.Groups["article"].Value;
            return article.Length == 0 ? value : $"{article}{(value.Length > 0 && "aeiou".Contains(value[0]) ? "n" : "")} {value}";
        });
        return SentenceStart().Replace(filled, m => m.Value.ToUpperInvariant());
    }

    [GeneratedRegex(@"(?:(?<article>\b[aA]) )?\{(?<slot>[^{}]*)\}")]
    private static partial Regex SlotPattern();

    [GeneratedRegex(@"(?<=^|[.?!] )\p{Ll}")]
    private static partial Regex SentenceStart();
}
