namespace Parley.Diagnostics;

/// <summary>Where the libraries and models that npm brings are looked for.</summary>
public static class NativeFiles
{
    public const string DirectoryVariable = "PARLEY_NATIVE";

    /// <summary>The places of a file that exist, best first.</summary>
    /// <param name="packagePath">Its path under <c>native/node_modules</c>.</param>
    /// <remarks>
    /// <c>native/node_modules</c> in or above the program's directory, then in or above the current one, then the directory that
    /// <see cref="DirectoryVariable"/> names, which may hold the packages or the bare files.
    /// </remarks>
    public static IEnumerable<string> Find(string packagePath)
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                var path = Path.Combine(directory.FullName, "native", "node_modules", packagePath);
                if (File.Exists(path)) { yield return path; }
            }
        }
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } native)
        {
            string[] paths =
            [
                Path.Combine(native, "node_modules", packagePath), Path.Combine(native, packagePath),
                Path.Combine(native, Path.GetFileName(packagePath)),
            ];
            foreach (var path in paths.Where(File.Exists)) { yield return path; }
        }
    }
}
