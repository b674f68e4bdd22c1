using Parley.Policy;

namespace Parley.Server.Api;

/// <summary>What health says of the policy.</summary>
/// <param name="Mode">The mode in force.</param>
/// <param name="Weights">The weights in force.</param>
/// <param name="TuningSteps">The steps of the weights that stand, the oldest first: their reasons.</param>
/// <param name="Canaries">Engines that are being tried out, beside those that the others get.</param>
internal sealed record PolicyHealth(string Mode, PolicyWeights Weights, IReadOnlyList<string> TuningSteps, IReadOnlyList<CanaryHealth> Canaries)
{
    public static PolicyHealth Of(EngineCatalog engines, IReadOnlyList<EngineDescription> described) => new(
        engines.Chooser.Options.Mode.ToString().ToLowerInvariant(), engines.Chooser.Tuner.Current, [.. engines.Chooser.Tuner.History.Select(c => c.Reason)],
        [.. engines.Chooser.Canaries(described).Select(c => new CanaryHealth(
            c.Stage, c.Engine, c.Share, c.Sessions, c.Readings?.Calls, c.Readings?.Failures, c.Readings?.Ewma?.TotalMilliseconds, c.Readings?.P95?.TotalMilliseconds))]);
}

/// <summary>How an engine does that is being tried out, or that the others get (no share); durations in milliseconds.</summary>
internal sealed record CanaryHealth(
    string Stage, string Engine, double? Share, long Sessions, long? Calls, long? Failures, double? LatencyMs, double? P95Ms);
