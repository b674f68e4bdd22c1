using Parley.Asr;
using Parley.Quality;

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

    /// <summary>How long the utterance was, with its pre-roll; 0 where the turn was typed.</summary>
    public TimeSpan UserSpoken { get; init; }

    /// <summary>How the microphone sounded; null where too little was said, or it was typed.</summary>
    public AudioQuality? UserSound { get; init; }

    /// <summary>The whole reply as the engine gave it.</summary>
    public string ReplyText { get; init; } = "";

    /// <summary>The part of it that was heard.</summary>
    public string HeardText { get; init; } = "";

    /// <summary>How long that took to hear; 0 where the reply was text only.</summary>
    public TimeSpan HeardAudio { get; init; }

    public TurnTimings Timings { get; init; } = new();
}
