using System.Text.Json.Serialization;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Ranking;
using Parley.Resilience;

namespace Parley.Cli.Simulation;

/// <summary>An engine of a simulation: what is known of it, and what would have been measured. All but the name may be absent.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SimulatedEngine(string Name)
{
    public bool Local { get; init; } = true;

    public int Priority { get; init; }

    public double Cost { get; init; }

    public double LatencyMs { get; init; } = 300;

    public double Accuracy { get; init; } = 0.5;

    public double? Privacy { get; init; }

    public int Capacity { get; init; } = 16;

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<string> Levels { get; init; } = [];

    public bool Available { get; init; } = true;

    public bool Broken { get; init; }

    public SimulatedReadings? Readings { get; init; }

    public PolicyCandidate ToCandidate(VoiceStage stage)
    {
        var attributes = new EngineAttributes
        {
            Local = Local, Cost = Cost, Latency = TimeSpan.FromMilliseconds(LatencyMs), Accuracy = Accuracy, Privacy = Privacy, Capacity = Capacity,
        };
        foreach (var language in Languages) { attributes.Languages.Add(language); }
        foreach (var level in Levels) { attributes.Levels.Add(level); }
        return new PolicyCandidate(new EngineDescription(stage, Name, Available, attributes, Readings?.ToReadings()), Priority)
        {
            Problem = Available ? null : $"{Name}: not available", IsBroken = Broken,
        };
    }
}

/// <summary>What would have been measured of a simulated engine; durations in milliseconds.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SimulatedReadings(long Calls = 0, long Failures = 0, int InFlight = 0, double? EwmaMs = null, double? P95Ms = null, double FailureRate = 0)
{
    public EngineReadings ToReadings() => new(
        Calls, Failures, InFlight, EwmaMs is { } e ? TimeSpan.FromMilliseconds(e) : null, P95Ms is { } p ? TimeSpan.FromMilliseconds(p) : null, FailureRate);
}
