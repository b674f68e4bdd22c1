using System.Xml.Linq;

namespace Parley.Core.Tests.Structure;

/// <summary>References go one way: Cli → Server → adapters → Learning → Core, and Testing → Core.</summary>
public sealed class ProjectTests
{
    private static readonly string[] s_corePackages =
    [
        "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        "Polly.Core",
    ];

    public static TheoryData<string> Projects => [.. SourceTree.Files(".", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_GoOneWay(string project)
    {
        var allowed = Allowed(project);
        Assert.All(References(project), target => Assert.True(allowed(target), $"{project} may not reference {target}."));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_InSolution_IsListed(string project) => Assert.Contains($"\"{project}\"", SourceTree.Read("Parley.slnx"), StringComparison.Ordinal);

    [Fact]
    public void Projects_AllKinds_AreFound()
    {
        var projects = SourceTree.Files(".", "*.csproj").ToArray();
        Assert.Contains("src/Parley.Core/Parley.Core.csproj", projects);
        Assert.Contains(projects, p => p.StartsWith("src/Adapters/", StringComparison.Ordinal));
        Assert.Contains(projects, p => p.StartsWith("tests/", StringComparison.Ordinal));
        Assert.NotEmpty(References("src/Parley.Cli/Parley.Cli.csproj"));
    }

    [Fact]
    public void Core_Packages_AreTheAbstractionsAndPolly()
    {
        var core = Load("src/Parley.Core/Parley.Core.csproj");
        Assert.Equal(s_corePackages, core.Descendants("PackageReference").Select(Include).Order(StringComparer.Ordinal));
        Assert.Empty(core.Descendants("FrameworkReference"));
        Assert.Equal("Microsoft.NET.Sdk", core.Root!.Attribute("Sdk")!.Value);
    }

    [Fact]
    public void Core_Sources_BindNoNativeCode()
    {
        var bindings = SourceTree.Files("src/Parley.Core", "*.cs")
            .Where(f => Code.Of(SourceTree.Read(f)) is var code && (code.Contains("LibraryImport(") || code.Contains("DllImport(") || code.Contains("Microsoft.AspNetCore")));
        Assert.Empty(bindings);
    }

    private static Func<string, bool> Allowed(string project)
    {
        const string Core = "src/Parley.Core/Parley.Core.csproj", Learning = "src/Parley.Learning/Parley.Learning.csproj", Experiments = "src/Parley.Experiments/Parley.Experiments.csproj";
        var adapter = (string target) => target.StartsWith("src/Adapters/", StringComparison.Ordinal);
        return project switch
        {
            Core => _ => false,
            "src/Parley.Server/Parley.Server.csproj" => target => target is Core or Learning or Experiments || adapter(target),
            Learning or Experiments => target => target == Core,
            "src/Parley.Cli/Parley.Cli.csproj" => target => target == "src/Parley.Server/Parley.Server.csproj",
            "src/Parley.Testing/Parley.Testing.csproj" => target => target == Core,
            "bench/Parley.Bench/Parley.Bench.csproj" =>
                target => target is "src/Parley.Server/Parley.Server.csproj" or "src/Parley.Testing/Parley.Testing.csproj" or "bench/Parley.LoadTest/Parley.LoadTest.csproj",
            "bench/Parley.LoadTest/Parley.LoadTest.csproj" => target => target == Core,
            _ when adapter(project) => target => target is Core or Learning,
            _ when project.StartsWith("tests/", StringComparison.Ordinal) =>
                target => target.StartsWith("src/", StringComparison.Ordinal) || target.StartsWith("samples/", StringComparison.Ordinal) || target.StartsWith("bench/", StringComparison.Ordinal),
            // A project of a new kind: say here what it may reference.
            _ => _ => false,
        };
    }

    private static IEnumerable<string> References(string project) =>
        Load(project).Descendants("ProjectReference").Select(Include).Select(include => Path.GetRelativePath(
            SourceTree.Root, Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(project)!, include.Replace('\\', '/')))).Replace('\\', '/'));

    private static string Include(XElement item) => item.Attribute("Include")!.Value;

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(SourceTree.Root, project));
}
