using System.Text.Json.Serialization;

namespace Parley.WebSockets.ElevenLabs;

/// <summary>A message of the service: audio with the times of its characters, the end, or an error.</summary>
internal sealed record WireSpeech
{
    public string? Audio { get; init; }

    [JsonPropertyName("isFinal")]
    public bool? IsFinal { get; init; }

    public WireAlignment? Alignment { get; init; }
    public string? Error { get; init; }
}

/// <summary>The characters of the text and when each begins, in milliseconds; the names are written in two ways.</summary>
internal sealed record WireAlignment
{
    public IReadOnlyList<string>? Chars { get; init; }

    [JsonPropertyName("charStartTimesMs")]
    public IReadOnlyList<double>? CharStartTimesMs { get; init; }

    [JsonPropertyName("charDurationsMs")]
    public IReadOnlyList<double>? CharDurationsMs { get; init; }

    [JsonPropertyName("char_start_times_ms")]
    public IReadOnlyList<double>? StartsSnake { get; init; }

    [JsonPropertyName("char_durations_ms")]
    public IReadOnlyList<double>? DurationsSnake { get; init; }

    public IReadOnlyList<double> Starts => CharStartTimesMs ?? StartsSnake ?? [];

    public IReadOnlyList<double> Durations => CharDurationsMs ?? DurationsSnake ?? [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WireSpeech))]
internal sealed partial class ElevenLabsJson : JsonSerializerContext;
