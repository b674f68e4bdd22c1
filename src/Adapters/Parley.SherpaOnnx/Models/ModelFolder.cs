using static Parley.SherpaOnnx.SherpaModelKind;

namespace Parley.SherpaOnnx.Models;

/// <summary>Recognises a model by the files of its folder, as the project's releases lay them out.</summary>
/// <remarks>Loads nothing and starts nothing: names, completeness and metadata of the files alone are looked at.</remarks>
public static class ModelFolder
{
    /// <summary>Recognises what the options name.</summary>
    /// <exception cref="ModelException">There is no model, more than one, or one that is not whole; the message says what was found.</exception>
    public static SherpaModel Recognize(SherpaOptions options)
    {
        var folder = Path.GetFullPath(options.Folder);
        if (!Directory.Exists(folder)) { throw new ModelException($"There is no folder {folder}."); }
        var files = new FolderFiles(folder, options.PreferInt8, options.Vocoder);
        if (files.Networks.Count == 0) { throw new ModelException(files.WhyNoNetwork); }
        SherpaModelKind[] found = [.. Possible(files).Distinct()];
        if (options.Kind is { } wanted)
        {
            return found.Contains(wanted)
                ? Complete(wanted, files, options)
                : throw new ModelException($"{folder} is no {wanted}: {(found.Length == 0 ? files.Listing : $"its files are those of {string.Join(" or ", found)}")}.");
        }
        return found switch
        {
            [var kind] => Complete(kind, files, options),
            [] => throw new ModelException($"{folder} is no model that is known: {files.Listing}. Kinds are {string.Join(", ", Enum.GetNames<SherpaModelKind>())}."),
            _ => throw new ModelException($"{folder} could be {string.Join(" or ", found)}: {files.Listing}. Set Kind to one of them."),
        };
    }

    private static IEnumerable<SherpaModelKind> Possible(FolderFiles files)
    {
        if (files.Has("preprocess", "encode", "uncached_decode", "cached_decode")) { yield return Moonshine; }
        if (files.Has("encoder", "decoder", "joiner"))
        {
            yield return ModelMetadata.IsStreamingEncoder(files.Metadata("encoder")) ? StreamingTransducer : Transducer;
        }
        else if (files.Has("encoder", "decoder"))
        {
            var encoder = files.Metadata("encoder");
            if (ModelMetadata.IsWhisper(encoder)) { yield return Whisper; }
            else if (encoder.ContainsKey("lfr_window_size")) { yield return StreamingParaformer; }
        }
        foreach (var metadata in files.Singles.Select(files.MetadataOf))
        {
            if (ModelMetadata.KindOfSingle(metadata, files.Voices is not null, files.BpeVocab is not null) is { } kind) { yield return kind; }
        }
    }

    private static SherpaModel Complete(SherpaModelKind kind, FolderFiles files, SherpaOptions options)
    {
        var networks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in Roles(kind)) { networks[role] = role == "model" ? files.Single(kind) : files.Network(role); }
        var main = files.MetadataOf(networks.Values.First());
        ModelMetadata.Require(kind, networks, files);
        var model = new SherpaModel
        {
            Kind = kind,
            Folder = files.Folder,
            Networks = networks,
            Tokens = kind is Punctuation or CasingPunctuation ? null : files.RequireTokens(),
            Extras = files.Extras,
            Metadata = main,
            Languages = ModelLanguages.Of(kind, main),
        };
        ModelMetadata.RequireLanguage(model, options);
        if (kind == Kokoro) { ModelMetadata.RequireVoices(main, files); }
        if (kind == CasingPunctuation && files.BpeVocab is null) { throw new ModelException($"{files.Folder} lacks bpe.vocab."); }
        return model;
    }

    private static string[] Roles(SherpaModelKind kind) => kind switch
    {
        StreamingTransducer or Transducer => ["encoder", "decoder", "joiner"],
        StreamingParaformer or Whisper => ["encoder", "decoder"],
        Moonshine => ["preprocess", "encode", "uncached_decode", "cached_decode"],
        Matcha => ["model", "vocoder"],
        _ => ["model"],
    };
}
