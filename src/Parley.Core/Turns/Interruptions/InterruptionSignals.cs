namespace Parley.Turns.Interruptions;

/// <summary>What is known of a sound while it holds a reply.</summary>
public readonly record struct InterruptionSignals
{
    /// <summary>What the recogniser has understood so far; empty where it gives no partials.</summary>
    public required string Partial { get; init; }

    /// <summary>From the first to the last speech of it.</summary>
    public required TimeSpan Speech { get; init; }

    /// <summary>How long the reply has been held.</summary>
    public required TimeSpan Held { get; init; }

    /// <summary>What it sounds like.</summary>
    public required SoundShape Sound { get; init; }

    /// <summary>How loud this user speaks, in dB of full scale; null before the first turn.</summary>
    public float? SpeakerLevelDb { get; init; }

    /// <summary>What the assistant was saying when it was held; null if none of the reply had been heard, so that there was nothing to nod at.</summary>
    public SpokenContext? Said { get; init; }

    /// <summary>What the session has set.</summary>
    public required InterruptionRules Rules { get; init; }
}
