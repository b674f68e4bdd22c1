using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Parley.Transports.Protocol;

/// <summary>
/// What a client may set. In <c>session.start</c> and <c>session.update</c> any part may be absent (null: as it was);
/// in <c>session.ready</c> every part says what really applies.
/// </summary>
public sealed record SessionConfig
{
    /// <summary>BCP 47. The default is <c>en-US</c>.</summary>
    public string? Language { get; init; }

    /// <summary>A voice of the chosen synthesiser; the default is its own.</summary>
    public string? Voice { get; init; }

    /// <summary>Who the assistant is: goes into the prompt. Up to 32 000 characters.</summary>
    public string? Persona { get; init; }

    /// <summary>The practice scenario. With one, the assistant speaks first.</summary>
    public string? Scenario { get; init; }

    public CefrLevel? Level { get; init; }

    public EngineNames? Engines { get; init; }

    public AudioConfig? Audio { get; init; }

    public TurnConfig? Turn { get; init; }

    public bool? QuickReply { get; init; }

    /// <summary>Whether replies are spoken; else they are text only. The default is true; a change holds from the next reply on.</summary>
    public bool? Speech { get; init; }

    /// <summary>How fast replies are spoken against the voice's own pace, 0.5 to 2. The default is 1; a change holds from the next reply on.</summary>
    public double? Speed { get; init; }

    /// <summary>Tools that the client runs; a new list takes the place of the old one, an empty one offers none any more.</summary>
    public IReadOnlyList<ClientTool>? Tools { get; init; }

    /// <summary>Whether replies may or must call tools, or one of the client's. The default is <c>auto</c>.</summary>
    [JsonConverter(typeof(ToolChoiceConverter))]
    public ChatToolMode? ToolChoice { get; init; }

    /// <summary>The longest reply, 1 to 100 000 tokens; the default is the engine's own.</summary>
    public int? MaxOutputTokens { get; init; }

    public FeedbackConfig? Feedback { get; init; }

    public ConsentConfig? Consent { get; init; }
}

/// <summary>Engines by name; <c>auto</c> leaves the choice to the policy.</summary>
public sealed record EngineNames
{
    public string? Asr { get; init; }

    public string? Reply { get; init; }

    public string? Quick { get; init; }

    public string? Tts { get; init; }
}

public sealed record AudioConfig
{
    public AudioInConfig? In { get; init; }

    public AudioOutConfig? Out { get; init; }
}

/// <summary>The microphone's format: PCM16, 8 000 to 48 000 Hz. The default is 16 000.</summary>
public sealed record AudioInConfig
{
    public AudioCodec? Codec { get; init; }

    public int? SampleRate { get; init; }
}

/// <summary>The format of the assistant's voice: PCM16, 8 000 to 48 000 Hz. The default is 16 000, as binary frames.</summary>
public sealed record AudioOutConfig
{
    public AudioCodec? Codec { get; init; }

    public int? SampleRate { get; init; }

    public AudioTransport? Transport { get; init; }
}

public sealed record TurnConfig
{
    public TurnMode? Mode { get; init; }

    /// <summary>How long a silence the speaker is given. The default is <c>normal</c>.</summary>
    public Patience? Patience { get; init; }

    /// <summary>The silence in milliseconds that ends a turn, 160 to 10 000, whatever speaks for its end or against it; 0, the default: as <see cref="Patience"/> says.</summary>
    public int? SilenceMs { get; init; }

    /// <summary>The detector's probability from which on a sound is speech, 0.05 to 0.95; 0, the default: the server's own.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether a turn is answered when it is over. The default is true; else it is remembered, and the client asks for the answer with <c>respond</c>.</summary>
    public bool? Respond { get; init; }

    /// <summary>Whether speech stops the assistant. The default is true.</summary>
    public bool? BargeIn { get; init; }

    /// <summary>Where speech does not stop the assistant: whether it is a turn all the same, which is answered once the reply is over. The default is false.</summary>
    public bool? ListenWhileSpeaking { get; init; }

    /// <summary>Speech of at least this length while the assistant speaks is an interruption. 0 to 5 000; the default is 500.</summary>
    public int? MinInterruptionMs { get; init; }

    /// <summary>So many recognised words are an interruption too, however short. 1 to 20; the default is 2.</summary>
    public int? MinInterruptionWords { get; init; }
}

public sealed record FeedbackConfig
{
    public bool? Pronunciation { get; init; }

    public bool? Grammar { get; init; }

    public bool? Discourse { get; init; }

    public string? TargetText { get; init; }
}

/// <summary>What the user agreed to. Both are false by default.</summary>
public sealed record ConsentConfig
{
    /// <summary>Audio may go to a remote engine.</summary>
    public bool? CloudAudio { get; init; }

    /// <summary>Audio may be kept.</summary>
    public bool? Record { get; init; }
}

/// <summary>Levels of the Common European Framework of Reference for Languages.</summary>
[JsonConverter(typeof(CefrLevelConverter))]
public enum CefrLevel
{
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

/// <summary>Levels are written as they are called, A1; numbers are refused.</summary>
public sealed class CefrLevelConverter() : JsonStringEnumConverter<CefrLevel>(namingPolicy: null, allowIntegerValues: false);

[JsonConverter(typeof(SnakeCaseEnumConverter<AudioCodec>))]
public enum AudioCodec
{
    /// <summary>Little-endian 16-bit mono.</summary>
    [JsonStringEnumMemberName("pcm16")]
    Pcm16 = 0,

    Opus = 1,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<AudioTransport>))]
public enum AudioTransport
{
    Binary,
    Json,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<TurnMode>))]
public enum TurnMode
{
    Auto,
    PushToTalk,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<Patience>))]
public enum Patience
{
    Quick,
    Normal,
    Learner,
}
