using System.Globalization;

namespace Parley.Tutor.Matching;

/// <summary>Finds numbers and times of day among words.</summary>
internal static class NumberReader
{
    private static readonly string[] s_small =
        ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen").Split(' ');

    private static readonly string[] s_tens = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');

    private static readonly HashSet<string> s_minutes = new("fifteen twenty thirty forty fifty".Split(' '), StringComparer.Ordinal);

    /// <summary>The first number as it was said ("twenty five"), or null.</summary>
    public static string? ReadNumber(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at] is "couple") { return "two"; }
            var end = at;
            while (end < words.Count && IsNumber(words[end])) { end++; }
            // "no one", "one of" and "this one" count nothing.
            if (end == at || (end == at + 1 && words[at] == "one" && at > 0 && words[at - 1] is "no" or "this" or "that" or "which")) { continue; }
            return string.Join(' ', words.Skip(at).Take(end - at));
        }
        return null;
    }

    /// <summary>The first time of day as it was said ("half past six", "seven thirty pm"), or null.</summary>
    public static string? ReadTime(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at] is "noon" or "midday" or "midnight") { return words[at]; }
            if (words[at] is "half" or "quarter" && at + 2 < words.Count && words[at + 1] is "past" or "to" && IsHour(words[at + 2]))
            {
                return string.Join(' ', words.Skip(at).Take(3));
            }
            if (!IsHour(words[at])) { continue; }
            var end = at + 1;
            if (end < words.Count && (s_minutes.Contains(words[end]) || words[end] is "o'clock" or "oclock")) { end++; }
            var isMarked = end > at + 1 || words[at].Contains(':') || words[at].EndsWith("am", StringComparison.Ordinal)
                || words[at].EndsWith("pm", StringComparison.Ordinal) || (at > 0 && words[at - 1] is "at" or "around" or "about" or "by");
            if (end < words.Count && words[end] is "am" or "pm") { return string.Join(' ', words.Skip(at).Take(end - at + 1)); }
            if (isMarked || words.Count <= 2) { return string.Join(' ', words.Skip(at).Take(end - at)); }
        }
        return null;
    }

    private static bool IsNumber(string word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
        || s_small.Contains(word) || s_tens.Contains(word) || word is "hundred" or "thousand";

    private static bool IsHour(string word)
    {
        var digits = word.TrimEnd('a', 'p', 'm');
        return TimeOnly.TryParseExact(digits, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour is >= 0 and <= 24)
            || Array.IndexOf(s_small, word) is >= 1 and <= 12;
    }
}
