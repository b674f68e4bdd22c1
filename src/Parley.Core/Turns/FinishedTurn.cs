using Parley.Asr;
using Parley.Audio;

namespace Parley.Turns;

/// <summary>A turn that is over: what was said, what was answered, what of it was heard.</summary>
public sealed record FinishedTurn
{
    public required string SessionId { get; init; }

    public required string TurnId { get; init; }

    /// <summary>What the user said; null where the turn was typed or the assistant opened.</summary>
    public FinalTranscript? Transcript { get; init; }

    /// <summary>What the user said or typed; empty where the assistant opened.</summary>
    public string UserText { get; init; } = "";

    /// <summary>The utterance, 16 kHz, with its pre-roll; empty where the turn was typed.</summary>
    public IReadOnlyList<AudioFrame> UserAudio { get; init; } = [];

    /// <summary>The whole reply as the engine gave it.</summary>
    public string ReplyText { get; init; } = "";

    /// <summary>The part of it that was heard.</summary>
    public string HeardText { get; init; } = "";

    /// <summary>How long that took to hear; 0 where the reply was text only.</summary>
    public TimeSpan HeardAudio { get; init; }

    public TurnTimings Timings { get; init; } = new();
}
