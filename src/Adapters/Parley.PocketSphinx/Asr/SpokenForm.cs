using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.PocketSphinx.Asr;

/// <summary>How a written text is spoken: "It's $5, at 7:30" becomes it's five dollars at seven thirty.</summary>
internal static partial class SpokenForm
{
    // Written out, because without ICU the runtime does not take accents off.
    private const string Accented = "àáâãäåāçćčèéêëēęìíîïīłñńňòóôõöøōřšśşțùúûüūýÿžźż";
    private const string Unaccented = "aaaaaaaccceeeeeeiiiiilnnnooooooorssstuuuuuyyzzz";

    private static readonly string[] s_small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] s_tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, string> s_ordinals = new()
    {
        ["one"] = "first", ["two"] = "second", ["three"] = "third", ["five"] = "fifth", ["eight"] = "eighth", ["nine"] = "ninth", ["twelve"] = "twelfth",
    };

    /// <summary>The tokens of a text, between white space, each with the dictionary words that it is spoken as; silent ones have none.</summary>
    public static IReadOnlyList<(string Written, string[] Words)> Tokens(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(token => (token, WordsOf(token)))];

    /// <summary>The words that a text is spoken as, in lower case.</summary>
    public static string[] Words(string text) => [.. Tokens(text).SelectMany(token => token.Words)];

    private static string[] WordsOf(string token)
    {
        var text = Plain(token);
        text = Money().Replace(text, match => $" {match.Groups[2].Value} {Currency(match.Groups[1].Value, match.Groups[2].Value)} ");
        text = Ordinal().Replace(text, match => $" {AsOrdinal(match.Groups[1].Value)} ");
        text = Number().Replace(text, match => $" {AsNumber(match.Value.Replace(",", "", StringComparison.Ordinal))} ");
        text = text.Replace("%", " percent ", StringComparison.Ordinal).Replace("&", " and ", StringComparison.Ordinal).Replace("+", " plus ", StringComparison.Ordinal);
        return [.. Word().Matches(text).Select(match => match.Value.Trim('\'')).Where(word => word.Length > 0)];
    }

    // Lower case, no accents, one kind of apostrophe.
    private static string Plain(string token)
    {
        var plain = new StringBuilder(token.Length);
        foreach (var letter in token)
        {
            var lower = char.ToLowerInvariant(letter);
            var accent = Accented.IndexOf(lower, StringComparison.Ordinal);
            plain.Append(lower is '’' or '‘' or '`' ? '\'' : accent >= 0 ? Unaccented[accent] : lower);
        }
        return plain.ToString();
    }

    private static string Currency(string sign, string amount)
    {
        var (one, many) = sign switch { "$" => ("dollar", "dollars"), "£" => ("pound", "pounds"), _ => ("euro", "euros") };
        return amount == "1" ? one : many;
    }

    private static string AsNumber(string digits)
    {
        var parts = digits.Split('.', 2);
        var whole = parts[0].Length is 0 or > 6 || (parts[0].Length > 1 && parts[0][0] == '0')
            ? Spell(parts[0])
            : Cardinal(int.Parse(parts[0], CultureInfo.InvariantCulture));
        return parts.Length == 2 && parts[1].Length > 0 ? $"{whole} point {Spell(parts[1])}" : whole;
    }

    private static string Spell(string digits) => string.Join(' ', digits.Select(digit => s_small[digit - '0']));

    private static string Cardinal(int number) => number switch
    {
        < 20 => s_small[number],
        < 100 => s_tens[number / 10] + (number % 10 == 0 ? "" : " " + s_small[number % 10]),
        < 1000 => $"{s_small[number / 100]} hundred" + (number % 100 == 0 ? "" : " " + Cardinal(number % 100)),
        >= 1100 and < 2100 when number / 100 is not 20 => $"{Cardinal(number / 100)} {(number % 100 == 0 ? "hundred" : number % 100 < 10 ? "oh " + s_small[number % 100] : Cardinal(number % 100))}", // a year
        _ => $"{Cardinal(number / 1000)} thousand" + (number % 1000 == 0 ? "" : " " + Cardinal(number % 1000)),
    };

    private static string AsOrdinal(string digits)
    {
        var words = AsNumber(digits).Split(' ');
        var last = words[^1];
        words[^1] = s_ordinals.TryGetValue(last, out var special) ? special : last.EndsWith('y') ? last[..^1] + "ieth" : last + "th";
        return string.Join(' ', words);
    }

    [GeneratedRegex(@"([$£€])(\d[\d,]*(?:\.\d+)?)")]
    private static partial Regex Money();

    [GeneratedRegex(@"(\d{1,6})(?:st|nd|rd|th)\b")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\d+(?:,\d{3})*(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"[a-z']+")]
    private static partial Regex Word();
}
