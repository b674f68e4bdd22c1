using System.Text;

namespace Parley.Policy.Hybrid;

/// <summary>Whether a refined transcript says what was acted on already, in other letters.</summary>
/// <remarks>
/// Case, punctuation, fillers, articles, contractions and small numbers may differ; any other word would have asked for another answer, perhaps. For
/// languages other than English only case and punctuation may. Pure.
/// </remarks>
public static class TranscriptAgreement
{
    private static readonly HashSet<string> s_weightless =
        new(StringComparer.Ordinal) { "a", "an", "the", "um", "uh", "er", "erm", "hm", "hmm", "mm", "mhm", "ah", "oh", "well" };

    private static readonly string[] s_numbers =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];

    private static readonly (string Short, string Full)[] s_contractions =
    [
        ("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"), ("'re", " are"), ("'ll", " will"), ("'ve", " have"), ("i'm", "i am"),
        ("let's", "let us"),
    ];

    /// <summary>Whether both say the same.</summary>
    /// <param name="heard">What was acted on.</param>
    /// <param name="refined">What another recogniser makes of it.</param>
    /// <param name="language">BCP 47.</param>
    public static bool Holds(string heard, string refined, string language)
    {
        var english = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        return Words(heard, english).SequenceEqual(Words(refined, english), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Words(string text, bool english)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark) { plain.Append(char.ToLowerInvariant(c)); }
            else if (c is '\'' or '’') { plain.Append('\''); }
            else { plain.Append(' '); }
        }
        if (english) { foreach (var (shortForm, full) in s_contractions) { plain.Replace(shortForm, full); } }
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('\''))
            .Where(w => w.Length > 0 && !(english && s_weightless.Contains(w)))
            .Select(w => english && int.TryParse(w, out var n) && n >= 0 && n < s_numbers.Length ? s_numbers[n] : w);
    }
}
