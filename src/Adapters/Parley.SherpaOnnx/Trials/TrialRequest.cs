using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx.Trials;

/// <summary>What the process that tries a model is told, as JSON on its standard input.</summary>
internal sealed record TrialRequest(
    string Folder, SherpaModelKind Kind, string? Library, bool PreferInt8, int Threads, bool BeamSearch, string? Vocoder, string[] Languages)
{
    public static TrialRequest For(SherpaModel model, SherpaOptions options) => new(
        model.Folder, model.Kind, options.Library ?? Parley.Diagnostics.NativeFiles.Find(Native.LibraryLocation.NpmPath).FirstOrDefault(),
        options.PreferInt8, options.Threads, options.BeamSearch, options.Vocoder, [.. options.Attributes.Languages]);

    public SherpaOptions ToOptions()
    {
        var options = new SherpaOptions
        {
            Folder = Folder, Kind = Kind, Library = Library, PreferInt8 = PreferInt8, Threads = Threads, BeamSearch = BeamSearch, Vocoder = Vocoder,
        };
        foreach (var language in Languages) { options.Attributes.Languages.Add(language); }
        return options;
    }

    public string ToJson() => JsonSerializer.Serialize(this, TrialJsonContext.Default.TrialRequest);

    public static TrialRequest? Parse(string json) => JsonSerializer.Deserialize(json, TrialJsonContext.Default.TrialRequest);
}

[JsonSerializable(typeof(TrialRequest))]
internal sealed partial class TrialJsonContext : JsonSerializerContext;
