using System.Collections.Concurrent;
using Parley.Diagnostics;

namespace Parley.Resilience;

/// <summary>The guards of all engines of the process, by stage and name.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EngineGuards(ResilienceOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(VoiceStage, string), EngineGuard> _guards = new();

    /// <summary>Every guard so far.</summary>
    public IEnumerable<EngineGuard> All => _guards.Values;

    /// <summary>The guard of an engine; null: it was never called.</summary>
    public EngineGuard? Find(VoiceStage stage, string name) => _guards.GetValueOrDefault((stage, name));

    internal EngineGuard For(VoiceStage stage, string name, IEngineProbe? probe = null) => _guards.GetOrAdd(
        (stage, name), static (key, x) => new EngineGuard(key.Item1, key.Item2, x.options.Of(key.Item1), x.time) { Probe = x.probe }, (options, time, probe));
}
