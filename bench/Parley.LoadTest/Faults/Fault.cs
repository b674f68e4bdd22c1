namespace Parley.LoadTest.Faults;

/// <summary>What a client does wrong.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Asks for more than it reads, for it reads nothing.</summary>
    NotReading,

    /// <summary>Falls silent in the middle of a conversation and answers nothing, as if its cable had been cut.</summary>
    HalfOpen,

    /// <summary>Sends speech ten times as fast as it was spoken.</summary>
    TooFast,

    /// <summary>Starts a conversation and says nothing.</summary>
    Silent,

    /// <summary>All connect in the same moment, start a conversation and leave, again and again.</summary>
    Connects,
}
