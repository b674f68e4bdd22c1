using System.Text.Json.Serialization;

namespace Parley.WebSockets.DashScope;

/// <summary>An event of the service.</summary>
internal sealed record WireEvent(WireHeader? Header, WirePayload? Payload);

internal sealed record WireHeader(string? TaskId, string? Event, string? ErrorCode);

internal sealed record WirePayload(WireOutput? Output);

internal sealed record WireOutput(WireSentence? Sentence);

/// <summary>A sentence as it is understood so far; times in milliseconds from the begin of the audio.</summary>
internal sealed record WireSentence(double? BeginTime, double? EndTime, string? Text, bool? Heartbeat, bool? SentenceEnd, IReadOnlyList<WireWord>? Words)
{
    /// <summary>Whether it will not change. Older versions tell it by the end's time alone.</summary>
    [JsonIgnore]
    public bool IsFinished => SentenceEnd ?? EndTime is not null;
}

internal sealed record WireWord(double? BeginTime, double? EndTime, string? Text, string? Punctuation);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireEvent))]
internal sealed partial class DashScopeJson : JsonSerializerContext;
