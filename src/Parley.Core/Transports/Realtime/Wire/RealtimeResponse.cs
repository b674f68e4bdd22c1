using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Wire;

/// <summary>A response as clients see it. <c>usage</c> is null where nobody counted tokens.</summary>
internal sealed record RealtimeResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "realtime.response";

    public required ResponseStatus Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StatusDetails? StatusDetails { get; init; }

    public required IReadOnlyList<ConversationItem> Output { get; init; }

    public string? ConversationId { get; init; }

    public required IReadOnlyList<Modality> OutputModalities { get; init; }

    public required TokenLimit MaxOutputTokens { get; init; }

    public required ResponseAudio Audio { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResponseUsage? Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Metadata { get; init; }
}

internal sealed record ResponseAudio(ResponseAudioOutput Output);

internal sealed record ResponseAudioOutput(AudioFormat Format, VoiceName? Voice);

[JsonConverter(typeof(SnakeCaseEnumConverter<ResponseStatus>))]
internal enum ResponseStatus
{
    InProgress,
    Completed,
    Cancelled,
    Incomplete,
    Failed,
}

/// <summary>Why a response ended otherwise than as completed.</summary>
internal sealed record StatusDetails(ResponseStatus Type, string? Reason = null, StatusError? Error = null)
{
    /// <summary>The user spoke.</summary>
    public static StatusDetails TurnDetected { get; } = new(ResponseStatus.Cancelled, "turn_detected");

    /// <summary>The client wished it.</summary>
    public static StatusDetails ClientCancelled { get; } = new(ResponseStatus.Cancelled, "client_cancelled");

    /// <summary>The model stopped before it was done.</summary>
    public static StatusDetails Incomplete(ReplyCut cut) =>
        new(ResponseStatus.Incomplete, cut == ReplyCut.MaxOutputTokens ? "max_output_tokens" : "content_filter");

    public static StatusDetails Failed(string code, string message) =>
        new(ResponseStatus.Failed, Error: new StatusError(RealtimeError.ServerError, code, message));
}

internal sealed record StatusError(string Type, string Code, string Message);
