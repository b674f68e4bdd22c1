using Parley.Resilience;

namespace Parley.Policy.Ranking;

/// <summary>How an engine that is being tried out does, beside the engine that the others get.</summary>
/// <param name="Stage">The stage, in small letters.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Share">The share of learners that gets it; null: it is what the others get.</param>
/// <param name="Sessions">Sessions that it was chosen for since the server began.</param>
/// <param name="Readings">What was measured of it; null: nothing yet.</param>
public sealed record CanaryStanding(string Stage, string Engine, double? Share, long Sessions, EngineReadings? Readings);
