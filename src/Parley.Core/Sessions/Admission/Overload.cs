namespace Parley.Sessions.Admission;

/// <summary>Why a conversation is told to come back later.</summary>
public enum Overload
{
    /// <summary>All places are taken.</summary>
    Full,

    /// <summary>The processors are, or would be with it.</summary>
    Cpu,

    /// <summary>Timers fire late.</summary>
    Lateness,
}
