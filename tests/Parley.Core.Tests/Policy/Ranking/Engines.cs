using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Ranking;
using Parley.Resilience;

namespace Parley.Core.Tests.Policy.Ranking;

/// <summary>Makes candidates for tests of the policy.</summary>
internal static class Engines
{
    public static PolicyCandidate Engine(
        string name, bool local = true, int priority = 0, double cost = 0, int latencyMs = 300, double accuracy = 0.5, double? privacy = null, int capacity = 16,
        string? language = null, string? level = null, EngineReadings? readings = null, VoiceStage stage = VoiceStage.Asr)
    {
        var attributes = new EngineAttributes
        {
            Local = local, Cost = cost, Latency = TimeSpan.FromMilliseconds(latencyMs), Accuracy = accuracy, Privacy = privacy, Capacity = capacity,
        };
        if (language is not null) { attributes.Languages.Add(language); }
        if (level is not null) { attributes.Levels.Add(level); }
        return new PolicyCandidate(new EngineDescription(stage, name, Available: true, attributes, readings), priority);
    }

    public static EngineReadings Measured(double ewmaMs, double? p95Ms = null, long calls = 100, int inFlight = 0, double failureRate = 0) => new(
        calls, (long)(calls * failureRate), inFlight, TimeSpan.FromMilliseconds(ewmaMs), TimeSpan.FromMilliseconds(p95Ms ?? ewmaMs), failureRate);

    public static PolicyDecision Decide(PolicyRequest request, PolicyOptions options, params PolicyCandidate[] engines) =>
        EnginePolicy.Decide(request, engines, options, options.Weights, state: null, TimeSpan.Zero).Decision;

    public static PolicyRequest Hearing(CloudConsent consent = CloudConsent.Any) => new(VoiceStage.Asr) { Consent = consent, Language = "en-US" };
}
