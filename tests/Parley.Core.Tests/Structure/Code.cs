using System.Text.RegularExpressions;

namespace Parley.Core.Tests.Structure;

internal static partial class Code
{
    /// <summary>A source text without its comments: what is only spoken of there does not count.</summary>
    /// <remarks>A <c>//</c> inside a string counts as a comment too, save after a colon, as in an address.</remarks>
    public static string Of(string source) => Comments().Replace(source, "");

    [GeneratedRegex(@"(?<!:)//.*$|/\*.*?\*/", RegexOptions.Multiline)]
    private static partial Regex Comments();
}
