using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>The session as its client knows it, with everything that applies. Clients read from the echo what is on: a null here is said, not left out.</summary>
internal sealed record RealtimeSession
{
    /// <summary>The session of a client that has not said yet how it is to be.</summary>
    public static RealtimeSession For(RealtimeCall call, string id) => new()
    {
        Id = id,
        Model = call.Model,
        Type = call.TranscribesOnly ? SessionKind.Transcription : SessionKind.Realtime,
        Object = call.TranscribesOnly ? "realtime.transcription_session" : "realtime.session",
        Audio = new SessionAudio
        {
            Input = new InputSettings { Format = AudioFormat.Default, Transcription = call.TranscribesOnly ? new Transcription { Model = call.Model } : null },
            Output = new OutputSettings { Format = AudioFormat.Default },
        },
    };

    public SessionKind Type { get; init; } = SessionKind.Realtime;

    public string Object { get; init; } = "realtime.session";

    public string Id { get; init; } = "";

    public string? Model { get; init; }

    public IReadOnlyList<Modality> OutputModalities { get; init; } = [Modality.Audio];

    /// <summary>Who the assistant is; null: whom the server makes it.</summary>
    public string? Instructions { get; init; }

    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ToolChoice ToolChoice { get; init; } = new();

    public TokenLimit MaxOutputTokens { get; init; }

    public SessionAudio Audio { get; init; } = new();

    // What nothing here depends on is taken, kept and told as it came.

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Tracing { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Prompt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Include { get; init; }

    public JsonElement? Truncation { get; init; }

    public JsonElement? Reasoning { get; init; }

    public bool? ParallelToolCalls { get; init; }

    [JsonIgnore]
    public Modality Modality => OutputModalities[0];
}

[JsonConverter(typeof(SnakeCaseEnumConverter<SessionKind>))]
internal enum SessionKind
{
    /// <summary>A conversation.</summary>
    Realtime,

    /// <summary>Speech becomes text, and nobody answers.</summary>
    Transcription,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<Modality>))]
internal enum Modality
{
    /// <summary>Speech, with its transcript.</summary>
    Audio,

    Text,
}

internal sealed record SessionAudio
{
    public InputSettings Input { get; init; } = new();

    public OutputSettings Output { get; init; } = new();
}

internal sealed record InputSettings
{
    public AudioFormat Format { get; init; } = new();

    /// <summary>How the user's speech is told as text; null: it is not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Transcription? Transcription { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public NoiseReduction? NoiseReduction { get; init; }

    /// <summary>How the end of a turn is found; null: the client commits each turn by hand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TurnDetection? TurnDetection { get; init; } = TurnDetection.ServerVad;
}

internal sealed record OutputSettings
{
    public AudioFormat Format { get; init; } = new();

    public VoiceName? Voice { get; init; }

    public double Speed { get; init; } = 1;
}

internal sealed record Transcription
{
    public string? Model { get; init; }

    /// <summary>ISO 639-1 or BCP 47.</summary>
    public string? Language { get; init; }

    public string? Prompt { get; init; }
}

/// <summary>Taken and told; the engines' own robustness stands in for it.</summary>
internal sealed record NoiseReduction(NoiseReductionKind Type);

[JsonConverter(typeof(SnakeCaseEnumConverter<NoiseReductionKind>))]
internal enum NoiseReductionKind
{
    NearField,
    FarField,
}

/// <summary>A function that the client runs.</summary>
internal sealed record ToolDefinition(ToolKind Type, string? Name, string? Description = null, JsonElement? Parameters = null);

[JsonConverter(typeof(SnakeCaseEnumConverter<ToolKind>))]
internal enum ToolKind
{
    Function,
}
