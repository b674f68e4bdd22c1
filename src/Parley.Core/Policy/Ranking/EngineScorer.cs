using Parley.Resilience;

namespace Parley.Policy.Ranking;

/// <summary>Turns what is known and measured of engines into scores.</summary>
/// <remarks>Pure: the same figures give the same scores.</remarks>
public static class EngineScorer
{
    /// <summary>The calls after which measurements count as much as the prior.</summary>
    private const double PriorCalls = 8;

    /// <summary>The latency that is expected: <c>n/(n+8)·(EWMA+p95)/2 + 8/(n+8)·prior</c>, where n is the number of calls that gave a result.</summary>
    public static TimeSpan ExpectedLatency(EngineDescription engine)
    {
        var prior = engine.Attributes.Latency;
        if (engine.Readings is not { Ewma: { } ewma, P95: { } p95 } readings) { return prior; }
        var n = Math.Max(1, readings.Calls - readings.Failures);
        var share = n / (n + PriorCalls);
        return share * (ewma + p95) / 2 + (1 - share) * prior;
    }

    /// <summary>Scores one engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="preference">Its place in the operator's order, 0 to 1.</param>
    /// <param name="budget">The stage's latency budget.</param>
    /// <param name="weights">The weights.</param>
    public static PolicyScore Score(EngineDescription engine, double preference, TimeSpan budget, PolicyWeights weights)
    {
        var known = engine.Attributes;
        var latency = Fading(ExpectedLatency(engine) / (budget / 4));
        var cost = Fading(known.Cost);
        var load = Free(engine.Readings ?? default, known.Capacity);
        var privacy = known.Privacy ?? (known.Local ? 1 : 0.3);
        var total = (weights.Latency * latency + weights.Cost * cost + weights.Accuracy * known.Accuracy + weights.Load * load
            + weights.Privacy * privacy + weights.Preference * preference) / weights.Sum();
        return new PolicyScore(latency, cost, known.Accuracy, load, privacy, preference, total);
    }

    private static double Fading(double value) => 1 / (1 + value);

    private static double Free(EngineReadings readings, int capacity) =>
        (1 - Math.Clamp((double)readings.InFlight / capacity, 0, 1)) * (1 - Math.Clamp(readings.FailureRate, 0, 1));
}
