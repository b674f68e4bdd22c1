using System.Collections.Concurrent;
using Parley.Diagnostics;
using Parley.Governance;

namespace Parley.Resilience;

/// <summary>The guards of all engines of the process, by stage and name.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EngineGuards(ResilienceOptions options, GovernanceOptions governance, TimeProvider time, Random random)
{
    private readonly ConcurrentDictionary<(VoiceStage, string), EngineGuard> _guards = new();
    private readonly CpuMeter _cpu = new(time);
    private ParleyMetrics? _metrics;

    /// <summary>Every guard so far.</summary>
    public IEnumerable<EngineGuard> All => _guards.Values;

    /// <summary>The guard of an engine; null: it was never called.</summary>
    public EngineGuard? Find(VoiceStage stage, string name) => _guards.GetValueOrDefault((stage, name));

    /// <summary>From now on metrics tell of the engines. Called once.</summary>
    public void Report(ParleyMetrics metrics)
    {
        _metrics = metrics;
        metrics.ObserveEngines(() => All);
    }

    internal EngineGuard For(VoiceStage stage, string name, bool isLocal = true, IEngineProbe? probe = null) =>
        _guards.TryGetValue((stage, name), out var guard) ? guard : _guards.GetOrAdd((stage, name), _ => Create(stage, name, isLocal, probe));

    private EngineGuard Create(VoiceStage stage, string name, bool isLocal, IEngineProbe? probe)
    {
        var slots = new PriorityScheduler(stage, name, governance, time, isLocal ? _cpu.Read : null)
        {
            Waited = wait => _metrics?.EngineWaitedFor(stage, wait),
        };
        return new EngineGuard(stage, name, options.Of(stage), slots, time, random) { Probe = probe, IsLocal = isLocal };
    }
}
