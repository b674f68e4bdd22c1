using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Server.Configuration;

/// <summary>
/// Reads <c>.env</c> in the current directory into the process's environment, from where settings and keys are read as if they had always been there.
/// What the environment has already is not changed.
/// </summary>
/// <remarks>
/// Strict, because a key that is misread is found out late: a line is a comment, or <c>NAME=VALUE</c> with or without <c>export</c>. A value in single quotes
/// stands as it is; in double quotes <c>\n \t \" \\ \$</c> are understood; one without quotes ends before <c> #</c>. Nothing is put in for <c>$NAME</c>.
/// </remarks>
public static partial class DotEnvFile
{
    public const string FileName = ".env";

    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads the file, where there is one, into the environment.</summary>
    /// <exception cref="ConfigurationException">A line is wrong; the message names file and line, and never the value.</exception>
    public static void Apply()
    {
        foreach (var (name, value) in Read(Path.GetFullPath(FileName)))
        {
            if (Environment.GetEnvironmentVariable(name) is null) { Environment.SetEnvironmentVariable(name, value); }
        }
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The values by name, in order; empty if there is no file.</returns>
    /// <exception cref="ConfigurationException">As for <see cref="Apply"/>.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        string[] lines;
        try
        {
            if (!File.Exists(path)) { return []; }
            if (new FileInfo(path).Length > MaxBytes) { throw new ConfigurationException($"{FileName} is larger than {MaxBytes / 1024} KiB."); }
            lines = File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new ConfigurationException(e is DecoderFallbackException ? $"{FileName} is not UTF-8." : $"{FileName} cannot be read: {e.GetType().Name}.", e);
        }
        var (values, seen) = (new List<KeyValuePair<string, string>>(), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') { continue; }
            var (name, value) = Parse(line, i + 1);
            if (!seen.TryAdd(name, i + 1)) { throw Wrong(i + 1, $"{name} was set in line {seen[name]} already"); }
            values.Add(new(name, value));
        }
        return values;
    }

    private static (string Name, string Value) Parse(string line, int number)
    {
        if (Assignment().Match(line) is not { Success: true } match) { throw Wrong(number, "it is not NAME=VALUE, with a name of letters, digits and _ (also - and . inside)"); }
        var raw = match.Groups["value"].Value;
        var value = raw switch
        {
            ['\'', ..] => Single().Match(raw) is { Success: true } m ? m.Groups[1].Value : throw Wrong(number, "the single quotes do not end, or something follows them"),
            ['"', ..] => Double().Match(raw) is { Success: true } m ? Unescape(m.Groups[1].Value, number) : throw Wrong(number, "the double quotes do not end, or something follows them"),
            _ => Comment().Replace(raw, ""),
        };
        return value.Contains('\0', StringComparison.Ordinal) ? throw Wrong(number, "the value holds a NUL") : (match.Groups["name"].Value, value);
    }

    private static string Unescape(string text, int number) => Escape().Replace(text, m => m.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        '"' or '\\' or '$' => m.Value[1..],
        _ => throw Wrong(number, "after a backslash there must be n, t, \", $ or a backslash"),
    });

    private static ConfigurationException Wrong(int line, string what) => new($"{FileName}, line {line}: {what}.");

    [GeneratedRegex(@"^(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(?<value>.*)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^'([^']*)'\s*(?:#.*)?$")]
    private static partial Regex Single();

    [GeneratedRegex(@"^""((?:[^""\\]|\\.)*)""\s*(?:#.*)?$")]
    private static partial Regex Double();

    [GeneratedRegex(@"\s+#.*$|^#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
