using System.Text.RegularExpressions;

namespace Parley.Learning.Pronunciation;

/// <summary>The words of a text that is read aloud.</summary>
public static partial class ReadingText
{
    /// <summary>What stands between white space and has a letter or a digit; markup is not read.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        [.. Markup().Replace(text, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(token => token.Any(char.IsLetterOrDigit))];

    [GeneratedRegex("</?[a-zA-Z][^<>]{0,200}>")]
    private static partial Regex Markup();
}
