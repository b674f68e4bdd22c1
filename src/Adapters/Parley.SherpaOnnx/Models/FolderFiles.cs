using System.Text.RegularExpressions;

namespace Parley.SherpaOnnx.Models;

/// <summary>The files of a folder, sorted by what they are for.</summary>
internal sealed partial class FolderFiles
{
    private const string Model = "model";

    private static readonly string[] s_exact = ["preprocess", "encode", "uncached_decode", "cached_decode"];

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _roles = new(StringComparer.Ordinal);

    public FolderFiles(string folder, bool preferInt8, string? vocoder)
    {
        Folder = folder;
        string[] all = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
        Networks = [.. all.Where(f => f.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))];
        foreach (var variants in Networks.GroupBy(f => Precision().Replace(Path.GetFileName(f), "")))
        {
            var chosen = variants.FirstOrDefault(f => f.Contains(".int8", StringComparison.OrdinalIgnoreCase) == preferInt8) ?? variants.First();
            Add(RoleOf(variants.Key), chosen);
        }
        if (vocoder is not null) { _roles["vocoder"] = [Path.GetFullPath(vocoder)]; }
        Extras = FindExtras(folder, all);
        _tokens = [.. all.Where(f => f.EndsWith("tokens.txt", StringComparison.OrdinalIgnoreCase))];
    }

    private readonly string[] _tokens;

    public string Folder { get; }

    public IReadOnlyList<string> Networks { get; }

    public IReadOnlyDictionary<string, string> Extras { get; }

    public string? Voices => Extras.GetValueOrDefault("voices");

    public string? BpeVocab => Extras.GetValueOrDefault("bpe.vocab");

    /// <summary>The networks whose name tells no role: each may be a model by itself.</summary>
    public IReadOnlyList<string> Singles => _roles.GetValueOrDefault(Model) ?? [];

    /// <summary>What is there, for a message.</summary>
    public string Listing => $"it has {string.Join(", ", Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(12))}";

    /// <summary>Why there is nothing to run, for a message.</summary>
    public string WhyNoNetwork =>
        Directory.EnumerateFiles(Folder, "*.ort").Any()
            ? $"{Folder} holds networks in ONNX Runtime's own format (.ort), such as Moonshine's second version. Parley runs .onnx files alone, "
                + "of Moonshine the first version."
        : Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal).FirstOrDefault(d => Directory.EnumerateFiles(d, "*.onnx").Any()) is { } inner
            ? $"{Folder} holds no .onnx file, but {inner} does."
        : $"{Folder} holds no .onnx file.";

    public bool Has(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (!_roles.ContainsKey(role)) { return false; }
        }
        return true;
    }

    /// <exception cref="ModelException">There is none, or more than one.</exception>
    public string Network(string role) => _roles.GetValueOrDefault(role) switch
    {
        [var one] => one,
        null or [] => throw new ModelException($"{Folder} lacks its {role} (.onnx)."),
        var several => throw new ModelException(
            $"{Folder} has several files for {role}: {string.Join(", ", several.Select(Path.GetFileName))}. Leave one of them, or one and its int8 variant."),
    };

    /// <summary>The one network that is of this kind by itself.</summary>
    /// <exception cref="ModelException">More than one is.</exception>
    public string Single(SherpaModelKind kind)
    {
        string[] fitting = [.. Singles.Where(f => ModelMetadata.KindOfSingle(MetadataOf(f), Voices is not null, BpeVocab is not null) == kind)];
        return fitting is [var one] ? one : throw new ModelException(
            $"{Folder} has several models: {string.Join(", ", fitting.Select(Path.GetFileName))}. Leave one of them, or one and its int8 variant.");
    }

    public IReadOnlyDictionary<string, string> Metadata(string role) => MetadataOf(Network(role));

    /// <exception cref="ModelException">The file is no ONNX model, or not all of one.</exception>
    public IReadOnlyDictionary<string, string> MetadataOf(string path)
    {
        if (!_metadata.TryGetValue(path, out var metadata)) { _metadata[path] = metadata = OnnxFile.ReadMetadata(path); }
        return metadata;
    }

    /// <exception cref="ModelException">There is none, it is empty or is no list of tokens.</exception>
    public string RequireTokens()
    {
        if (_tokens is not [var path]) { throw new ModelException(_tokens.Length == 0 ? $"{Folder} lacks tokens.txt." : $"{Folder} has several tokens.txt."); }
        var first = File.ReadLines(path).FirstOrDefault(line => line.Trim().Length > 0);
        // "symbol id" a line; Whisper's are base64 and id.
        return first is not null && int.TryParse(first.Split([' ', '\t'])[^1], out _) ? path : throw new ModelException($"{Path.GetFileName(path)} is no list of tokens.");
    }

    private void Add(string role, string path)
    {
        if (!_roles.TryGetValue(role, out var files)) { _roles[role] = files = []; }
        files.Add(path);
    }

    private static string RoleOf(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name).ToLowerInvariant();
        if (s_exact.Contains(stem)) { return stem; }
        if (Vocoder().IsMatch(stem)) { return "vocoder"; }
        return Part().Match(stem) is { Success: true } part ? part.Value : Model;
    }

    private static Dictionary<string, string> FindExtras(string folder, string[] files)
    {
        var extras = new Dictionary<string, string>(StringComparer.Ordinal);
        var data = Path.Combine(folder, "espeak-ng-data");
        // The library reads the first model's data for all models of the process, as long as it runs: a link is followed, so that it need not stay.
        if (Directory.Exists(data)) { extras["espeak-ng-data"] = Directory.ResolveLinkTarget(data, returnFinalTarget: true)?.FullName ?? data; }
        void Note(string role, Func<string, bool> fits)
        {
            string[] found = [.. files.Where(f => fits(Path.GetFileName(f)))];
            if (found.Length > 0) { extras[role] = string.Join(',', found); }
        }
        Note("voices", name => name == "voices.bin");
        Note("bpe.vocab", name => name == "bpe.vocab");
        Note("lexicon", name => name.StartsWith("lexicon", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal));
        Note("rules", name => name is "phone.fst" or "date.fst" or "number.fst" or "new_heteronym.fst" or "phone-zh.fst" or "date-zh.fst" or "number-zh.fst");
        return extras;
    }

    [GeneratedRegex(@"[.-](int8|fp16)(?=\.onnx$)", RegexOptions.IgnoreCase)]
    private static partial Regex Precision();

    [GeneratedRegex("encoder|decoder|joiner")]
    private static partial Regex Part();

    [GeneratedRegex("vocos|vocoder|hifigan")]
    private static partial Regex Vocoder();
}
