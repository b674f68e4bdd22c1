namespace Parley.Core.Tests.Structure;

/// <summary>The repository that these tests were built from.</summary>
internal static class SourceTree
{
    private static readonly string[] s_built = ["bin", "obj", "node_modules", "artifacts", ".git"];

    /// <summary>The directory that holds <c>Parley.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with slashes, of the files below <paramref name="directory"/> that fit <paramref name="pattern"/>.</summary>
    public static IEnumerable<string> Files(string directory, string pattern) =>
        Walk(new DirectoryInfo(Path.Combine(Root, directory)), pattern)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(DirectoryInfo directory, string pattern) =>
        directory.EnumerateFiles(pattern).Select(f => f.FullName).Concat(
            directory.EnumerateDirectories().Where(d => !s_built.Contains(d.Name)).SelectMany(d => Walk(d, pattern)));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Parley.slnx"))) { return directory.FullName; }
        }
        throw new DirectoryNotFoundException("These tests run inside a checkout: no directory above them holds Parley.slnx.");
    }
}
