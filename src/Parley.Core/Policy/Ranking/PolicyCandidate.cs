namespace Parley.Policy.Ranking;

/// <summary>An engine that may be chosen.</summary>
/// <param name="Engine">What is known and measured of it.</param>
/// <param name="Priority">The operator's or the adapter's order: higher goes first.</param>
public sealed record PolicyCandidate(EngineDescription Engine, int Priority = 0)
{
    public string Name => Engine.Name;

    /// <summary>Why it cannot be used at all, with the remedy; null: it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether its breaker is open: it has failed too often just now.</summary>
    public bool IsBroken { get; init; }
}
