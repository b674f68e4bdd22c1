using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Tts;

/// <summary>Turns text as it is written for the eye, with Markdown and emoji, into text to say.</summary>
internal static partial class SpokenForm
{
    // Below the arrows stand signs that are read out, such as ° and ©.
    private const int FirstPicture = 0x2190;

    /// <returns>What is said; empty when there is nothing to say.</returns>
    public static string Of(string text)
    {
        var spoken = Link().Replace(text, "$1");
        spoken = LineMark().Replace(spoken, "");
        spoken = InlineMark().Replace(spoken, "");
        spoken = WithoutPictures(spoken);
        spoken = LineEnd().Replace(spoken, ". ");
        spoken = Spaces().Replace(spoken, " ").Trim();
        return spoken.Any(char.IsLetterOrDigit) ? spoken : "";
    }

    private static string WithoutPictures(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPicture(rune)) { kept.Append(rune); }
        }
        return kept.ToString();
    }

    // Variation selectors, the joiner, the keycap and skin tones only ever modify an emoji; the replacement character stands for half a one.
    private static bool IsPicture(Rune rune) =>
        rune.Value is >= 0xFE00 and <= 0xFE0F or 0x200D or 0x20E3 or >= 0x1F3FB and <= 0x1F3FF or 0xFFFD
        || (rune.Value >= FirstPicture && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex(@"!?\[([^\[\]]*)\]\([^()\s]*\)")]
    private static partial Regex Link();

    // Headings, quotes, bullets and rules, at the start of a line.
    [GeneratedRegex(@"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+•][ \t]+|[-*_]{3,}[ \t]*$|```\w*[ \t]*$)", RegexOptions.Multiline)]
    private static partial Regex LineMark();

    // Emphasis, code and strike-through; 2 * 3 and snake_case keep their signs.
    [GeneratedRegex(@"\*{2,}|(?<!\d\s?)\*|\*(?!\s?\d)|(?<!\w)_+|_+(?!\w)|`+|~~")]
    private static partial Regex InlineMark();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}])[ \t]*\r?\n\s*(?=\S)")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
