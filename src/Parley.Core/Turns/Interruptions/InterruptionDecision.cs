namespace Parley.Turns.Interruptions;

/// <summary>What to do with a held reply.</summary>
public enum InterruptionDecision
{
    /// <summary>Hold it: more will be known soon.</summary>
    Hold,

    /// <summary>End it: the user has the floor.</summary>
    Stop,

    /// <summary>Let it go on.</summary>
    GoOn,

    /// <summary>Hold it and ask the recogniser for its final: somebody said something short, and the words will tell.</summary>
    Ask,
}
