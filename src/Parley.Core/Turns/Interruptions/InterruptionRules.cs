namespace Parley.Turns.Interruptions;

/// <summary>What a session has set for interruptions.</summary>
/// <param name="MinSpeech">Speech of at least this length interrupts; 0: every sound does.</param>
/// <param name="MinWords">So many words interrupt too, 1 or more.</param>
public readonly record struct InterruptionRules(TimeSpan MinSpeech, int MinWords);
