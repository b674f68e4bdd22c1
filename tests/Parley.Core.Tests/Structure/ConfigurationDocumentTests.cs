using System.Text.RegularExpressions;

namespace Parley.Core.Tests.Structure;

/// <summary>docs/configuration.md has every section that the server reads, every key of it, and no other.</summary>
public sealed partial class ConfigurationDocumentTests
{
    private const string Document = "docs/configuration.md";

    public static TheoryData<string, string> Sections => [.. ReadSections().Select(s => new TheoryDataRow<string, string>(s.Section, s.Options))];

    [Fact]
    public void Document_Sections_AreThoseThatAreRead() => Assert.Equal(
        ReadSections().Select(s => s.Section).Order(StringComparer.Ordinal),
        Headings().Matches(SourceTree.Read(Document)).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Sections))]
    public void Document_Keys_AreThoseOfTheOptions(string section, string options)
    {
        var keys = KeysOf(options).Order(StringComparer.Ordinal);
        var text = SourceTree.Read(Document).Split($"## `Parley:{section}`\n")[1].Split("\n## ")[0];
        Assert.Equal(keys, Rows().Matches(text).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> KeysOf(string options)
    {
        var source = SourceTree.Read(Assert.Single(SourceTree.Files("src", $"{options}.cs")));
        var inherited = Base().Match(source) is { Success: true } match ? KeysOf(match.Groups[1].Value) : [];
        return Properties().Matches(source).Select(m => m.Groups[1].Value).Concat(inherited);
    }

    private static IEnumerable<(string Section, string Options)> ReadSections() =>
        SourceTree.Files("src/Parley.Server/Configuration", "*.cs")
            .SelectMany(f => Reads().Matches(SourceTree.Read(f))).Select(m => (m.Groups[2].Value, m.Groups[1].Value)).Distinct();

    [GeneratedRegex(@"Read(?:Named)?<(\w+)>\(""(\w+)""\)")]
    private static partial Regex Reads();

    [GeneratedRegex(@"^## `Parley:(\w+)`$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^public sealed class \w+ : (\w+Options)$", RegexOptions.Multiline)]
    private static partial Regex Base();

    [GeneratedRegex(@"^    public [\w<>?, ]+ (\w+) \{ get;", RegexOptions.Multiline)]
    private static partial Regex Properties();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
