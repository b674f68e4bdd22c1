namespace Parley.Turns;

/// <summary>Where a turn's time went; null where the turn had no such step. Definitions: ARCHITECTURE.md, "Where a turn's time goes".</summary>
public sealed record TurnTimings
{
    /// <summary>Last speech sample → turn end decided.</summary>
    public TimeSpan? Endpoint { get; init; }

    /// <summary>First speech sample → first partial.</summary>
    public TimeSpan? AsrFirstPartial { get; init; }

    /// <summary>Last speech sample → final transcript.</summary>
    public TimeSpan? AsrFinal { get; init; }

    /// <summary>Reply asked for → first token.</summary>
    public TimeSpan? ReplyFirstToken { get; init; }

    /// <summary>First clause given to the synthesiser → first audio.</summary>
    public TimeSpan? TtsFirstAudio { get; init; }

    /// <summary>Last speech sample → first audible sample sent: what the user feels.</summary>
    public TimeSpan? FirstAudio { get; init; }

    /// <summary><see cref="FirstAudio"/> minus the time inside engines and the endpoint's set silence.</summary>
    public TimeSpan? Overhead { get; init; }
}
