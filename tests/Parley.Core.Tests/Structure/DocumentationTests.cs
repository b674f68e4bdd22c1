using System.Text.RegularExpressions;

namespace Parley.Core.Tests.Structure;

/// <summary>What the documents name must be there.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documents => [.. SourceTree.Files(".", "*.md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_RelativeLinks_Exist(string document)
    {
        var folder = Path.Combine(SourceTree.Root, Path.GetDirectoryName(document)!);
        var dead = Links().Matches(SourceTree.Read(document)).Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(folder, link)));
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_NamedPaths_Exist(string document)
    {
        var dead = Paths().Matches(SourceTree.Read(document)).Select(m => m.Groups[1].Value.TrimEnd('/'))
            .Where(path => !Path.Exists(Path.Combine(SourceTree.Root, path)));
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_NamedSources_Exist(string document)
    {
        string[] roots = ["", "src/Parley.Core"];
        var dead = Sources().Matches(SourceTree.Read(document)).Select(m => m.Groups[1].Value)
            .Where(source => !roots.Any(root => File.Exists(Path.Combine(SourceTree.Root, root, source))));
        Assert.Empty(dead);
    }

    [Fact]
    public void Decisions_Numbers_AreTheirOwn()
    {
        var decisions = SourceTree.Files("docs/decisions", "*.md").ToList();
        Assert.Equal(decisions.Count, decisions.Select(d => Path.GetFileName(d)[..4]).Distinct().Count());
        Assert.All(decisions, d => Assert.StartsWith($"# {Path.GetFileName(d)[..4].TrimStart('0')}. ", SourceTree.Read(d), StringComparison.Ordinal));
    }

    /// <summary>The target of a Markdown link, or the source of an image.</summary>
    [GeneratedRegex(@"(?:\]\(|src=""|srcset="")([^)""\s]+)")]
    private static partial Regex Links();

    /// <summary>A path from the root in backquotes, without placeholders.</summary>
    [GeneratedRegex(@"`((?:src|tests|bench|docs|\.ci)/[\w./-]*)`")]
    private static partial Regex Paths();

    /// <summary>A source file in backquotes, from the root or from Core.</summary>
    [GeneratedRegex(@"`([\w.]+/[\w./]*\.cs)`")]
    private static partial Regex Sources();
}
