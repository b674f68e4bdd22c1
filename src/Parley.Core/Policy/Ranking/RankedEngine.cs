namespace Parley.Policy.Ranking;

/// <summary>An engine's place in a decision, and what led to it.</summary>
/// <param name="Name">The engine.</param>
/// <param name="Local">Whether it runs in this house.</param>
/// <param name="Standing">Its class; scores decide within a class only.</param>
/// <param name="MayServe">Whether it is in the chain at all, if only as the last resort.</param>
/// <param name="Score">The parts of its score.</param>
/// <param name="ExpectedLatencyMs">The latency that is expected of it, in milliseconds.</param>
/// <param name="Gates">The gates that it failed, in words; empty: none.</param>
public sealed record RankedEngine(
    string Name, bool Local, Standing Standing, bool MayServe, PolicyScore Score, double ExpectedLatencyMs, IReadOnlyList<string> Gates);
