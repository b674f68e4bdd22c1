namespace Parley.Resilience;

/// <summary>Whether an engine may be called.</summary>
public enum BreakerState
{
    /// <summary>It works, as far as is known.</summary>
    Closed,

    /// <summary>It rests: nobody calls it.</summary>
    Open,

    /// <summary>It has rested: the next call, or a probe, tells whether it works again.</summary>
    HalfOpen,
}
