using Parley.Asr;
using Parley.Audio;
using Parley.Transports.Protocol;

namespace Parley.Turns.Coaching;

/// <summary>What the user said in one turn, once it is understood.</summary>
/// <param name="SessionId">The conversation.</param>
/// <param name="TurnId">The turn in it.</param>
/// <param name="Text">What was said or typed.</param>
/// <param name="Config">The session's configuration at that moment.</param>
public sealed record SpokenTurn(string SessionId, string TurnId, string Text, SessionConfig Config)
{
    /// <summary>Who learns; null where nobody said.</summary>
    public string? LearnerId { get; init; }

    /// <summary>What was recognised; null where the turn was typed.</summary>
    public FinalTranscript? Transcript { get; init; }

    /// <summary>The utterance, 16 kHz, with its pre-roll; empty where the turn was typed.</summary>
    public IReadOnlyList<AudioFrame> Audio { get; init; } = [];

    /// <summary>What was said before, the oldest first: the user's turns and what they heard of the answers.</summary>
    public IReadOnlyList<TurnBefore> Before { get; init; } = [];
}

/// <summary>Something that was said before a turn.</summary>
/// <param name="IsUser">By the user; else by the assistant.</param>
/// <param name="Text">What was heard of it.</param>
public readonly record struct TurnBefore(bool IsUser, string Text);
