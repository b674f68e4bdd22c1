using Parley.Transports.Protocol;

namespace Parley.Turns;

/// <summary>What is known about a turn while its speaker is silent.</summary>
/// <param name="Silence">Silence since the last speech.</param>
/// <param name="Speech">From the first to the last speech of the turn.</param>
/// <param name="Partial">What was understood so far; empty where the recogniser gives no partials.</param>
/// <param name="Patience">The profile that the session asked for.</param>
public readonly record struct TurnSignals(TimeSpan Silence, TimeSpan Speech, string Partial, Patience Patience);
