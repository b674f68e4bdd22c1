namespace Parley.Resilience;

/// <summary>What was measured of one engine.</summary>
/// <param name="Calls">Calls that have ended, well or not.</param>
/// <param name="Failures">Those that failed by the engine's fault.</param>
/// <param name="InFlight">Calls under way.</param>
/// <param name="Ewma">The moving average of the latency to the first result; null: nothing was measured yet.</param>
/// <param name="P95">The 95th percentile of the latest latencies; null: nothing was measured yet.</param>
/// <param name="FailureRate">The moving share of calls that failed, 0 to 1.</param>
public readonly record struct EngineReadings(long Calls, long Failures, int InFlight, TimeSpan? Ewma, TimeSpan? P95, double FailureRate);
