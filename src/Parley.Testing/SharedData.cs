using Xunit;

namespace Parley.Testing;

/// <summary>Test data that lies beside the repository, in <c>../shared/data</c>, because it is too large to keep in it.</summary>
public static class SharedData
{
    /// <summary>The path of a file of the shared data. A test that asks for one that is not there is skipped.</summary>
    public static string Find(string relativePath)
    {
        if (TryFind(relativePath) is { } path) { return path; }
        Assert.Skip($"The shared data {relativePath} is not there.");
        return "";
    }

    /// <summary>The folder of a file that a measurement cannot do without.</summary>
    /// <exception cref="FileNotFoundException">It is not there; the message says where it was looked for.</exception>
    public static string Folder(string name, string file) => TryFind(Path.Combine(name, file)) is { } path
        ? Path.GetDirectoryName(path)!
        : throw new FileNotFoundException($"The recordings are not there: ../shared/data/{name}/{file}, seen from the repository.");

    /// <summary>The path of a file of the shared data; null if it is not there.</summary>
    public static string? TryFind(string relativePath)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "Parley.slnx"))) { continue; }
            var path = Path.GetFullPath(Path.Combine(directory.FullName, "..", "shared", "data", relativePath));
            if (File.Exists(path)) { return path; }
        }
        return null;
    }
}
