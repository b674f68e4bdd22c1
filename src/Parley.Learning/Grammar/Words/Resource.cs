namespace Parley.Learning.Grammar.Words;

/// <summary>The data files that are part of this assembly.</summary>
internal static class Resource
{
    /// <summary>The lines of a file that are neither empty nor a comment.</summary>
    /// <param name="name">Its place below the assembly's folder with dots, such as <c>Grammar.Words.tags.txt</c>.</param>
    public static IEnumerable<string> Lines(string name)
    {
        var assembly = typeof(Resource).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"Parley.Learning.{name}")
            ?? throw new InvalidOperationException($"The assembly has no resource {name}."));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') { yield return line; }
        }
    }

    /// <summary>The names of the files in a folder.</summary>
    public static IEnumerable<string> In(string folder) =>
        typeof(Resource).Assembly.GetManifestResourceNames().Select(n => n["Parley.Learning.".Length..])
            .Where(n => n.StartsWith($"{folder}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
