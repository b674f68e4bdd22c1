using Parley.Diagnostics;

namespace Parley.Resilience;

/// <summary>Which engine serves each stage of one session, and who wants to know when that changes.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SessionHealth
{
    private readonly Lock _lock = new();
    private readonly Dictionary<VoiceStage, string> _serving = [];

    /// <summary>Told of each change, in order, by whichever thread finds out. Set once, before the first call.</summary>
    public Action<EngineChange>? Changed { get; set; }

    /// <summary>An engine has served.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="first">The session's first choice.</param>
    /// <param name="engine">Who has served.</param>
    /// <param name="why">Why it was not the first choice; null: it was.</param>
    internal void Served(VoiceStage stage, string first, string engine, string? why)
    {
        lock (_lock)
        {
            var before = _serving.GetValueOrDefault(stage, first);
            if (before == engine) { return; }
            _serving[stage] = engine;
            Tell(new EngineChange(stage.ToString().ToLowerInvariant(), before, engine, why ?? $"{engine} answers again", engine == first));
        }
    }

    /// <summary>Tells of a change that was recorded.</summary>
    internal void Tell(EngineChange change) => Changed?.Invoke(change);
}
