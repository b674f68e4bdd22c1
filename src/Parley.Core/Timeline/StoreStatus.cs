namespace Parley.Timeline;

/// <summary>How a store is.</summary>
/// <param name="IsHealthy">Whether the last write succeeded.</param>
/// <param name="LostEntries">Entries that could not be stored since the start.</param>
/// <param name="Fault">Why the last write failed; null while all is well. Holds nothing that was said.</param>
public readonly record struct StoreStatus(bool IsHealthy, long LostEntries, string? Fault);
