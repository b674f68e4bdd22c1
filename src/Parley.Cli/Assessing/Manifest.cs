namespace Parley.Cli.Assessing;

/// <summary>A list of recordings: id, tab, audio file, tab, text.</summary>
/// <param name="Id">Names the recording.</param>
/// <param name="Audio">Its file.</param>
/// <param name="Text">What is read in it.</param>
internal sealed record Manifest(string Id, string Audio, string Text)
{
    /// <exception cref="UsageException">There is no such file, or a line is not what it should be.</exception>
    public static IReadOnlyList<Manifest> Read(string path)
    {
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var rows = new List<Manifest>();
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (line.Length == 0) { continue; }
            rows.Add(line.Split('\t', 3) is [{ Length: > 0 } id, { Length: > 0 } audio, var text]
                ? new(id, File.Exists(audio) ? audio : Path.Combine(folder, audio), text)
                : throw new UsageException($"{path}, line {number + 1}: not id, tab, audio file, tab, text."));
        }
        return rows.Count == 0 ? throw new UsageException($"{path} lists no recordings.") : rows;
    }
}
