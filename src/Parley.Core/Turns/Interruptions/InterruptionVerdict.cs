namespace Parley.Turns.Interruptions;

/// <summary>What <see cref="InterruptionFilter"/> makes of a sound, and why.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Reason">In a few words.</param>
public readonly record struct InterruptionVerdict(InterruptionKind Kind, string Reason);
