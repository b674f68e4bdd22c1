using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>How the end of a turn is found: by a silence of set length, or by what was said and how.</summary>
internal sealed record TurnDetection
{
    public const double DefaultThreshold = 0.5;

    public const int DefaultPrefixPaddingMs = 300, DefaultSilenceMs = 500;

    /// <summary>What applies unless a client says otherwise.</summary>
    public static TurnDetection ServerVad { get; } = new TurnDetection().Complete();

    public TurnDetectionKind Type { get; init; }

    /// <summary>Whether a turn is answered by itself.</summary>
    public bool? CreateResponse { get; init; }

    /// <summary>Whether speech ends the answer.</summary>
    public bool? InterruptResponse { get; init; }

    // Of server_vad.

    public double? Threshold { get; init; }

    public int? PrefixPaddingMs { get; init; }

    public int? SilenceDurationMs { get; init; }

    /// <summary>The silence after an answer in which the assistant speaks again of its own accord; null: it waits for ever.</summary>
    public int? IdleTimeoutMs { get; init; }

    // Of semantic_vad.

    public Eagerness? Eagerness { get; init; }

    /// <summary>With defaults where nothing was said, and without what is of the other kind.</summary>
    public TurnDetection Complete()
    {
        var shared = new TurnDetection { Type = Type, CreateResponse = CreateResponse ?? true, InterruptResponse = InterruptResponse ?? true };
        return Type == TurnDetectionKind.SemanticVad
            ? shared with { Eagerness = Eagerness ?? Sessions.Eagerness.Auto }
            : shared with
            {
                Threshold = Threshold ?? DefaultThreshold,
                PrefixPaddingMs = PrefixPaddingMs ?? DefaultPrefixPaddingMs,
                SilenceDurationMs = SilenceDurationMs ?? DefaultSilenceMs,
                IdleTimeoutMs = IdleTimeoutMs,
            };
    }
}

[JsonConverter(typeof(SnakeCaseEnumConverter<TurnDetectionKind>))]
internal enum TurnDetectionKind
{
    ServerVad,
    SemanticVad,
}

/// <summary>How soon a turn is taken to be over.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Eagerness>))]
internal enum Eagerness
{
    /// <summary>The same as medium.</summary>
    Auto,
    Low,
    Medium,
    High,
}
