using Parley.Transports.Protocol;
using Parley.Turns.Endpointing;

namespace Parley.Turns;

/// <summary>What is known about a turn while its speaker is silent.</summary>
/// <param name="Silence">Silence since the last speech.</param>
/// <param name="Speech">From the first to the last speech of the turn.</param>
/// <param name="Partial">What was understood so far; empty where the recogniser gives no partials.</param>
/// <param name="Patience">The profile that the session asked for.</param>
public readonly record struct TurnSignals(TimeSpan Silence, TimeSpan Speech, string Partial, Patience Patience)
{
    /// <summary>For how long the partial has been what it is; null where that is not known.</summary>
    public TimeSpan? PartialAge { get; init; }

    /// <summary>How the partial stands to the answers that were offered.</summary>
    public AnswerMatch Answer { get; init; }

    /// <summary>Whether the assistant asked a question, so that a word or two may be all that is to come.</summary>
    public bool WasAsked { get; init; }

    /// <summary>How the voice ended; null where that is not known.</summary>
    public ProsodySignals? Prosody { get; init; }

    /// <summary>The pauses that this speaker has made so far and then gone on.</summary>
    public PauseStatistics Pauses { get; init; }

    /// <summary>An end-of-turn model's probability, 0 to 1, that the turn is over; null where there is none, or not yet.</summary>
    public double? Model { get; init; }
}
