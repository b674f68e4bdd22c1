using Parley.Policy.Ranking;
using Parley.Policy.Tuning;

namespace Parley.Policy;

/// <summary>Chooses engines by the policy and remembers between choices: who leads each race, what canaries got, where tuning has moved the weights.</summary>
/// <remarks>Thread-safe; there is one in the process.</remarks>
/// <param name="options">The rules.</param>
/// <param name="time">The clock of the hysteresis; null: whoever leads keeps the lead unless a gate takes it.</param>
public sealed class EngineChooser(PolicyOptions options, TimeProvider? time = null)
{
    /// <summary>Races are as many as sets of engines that may serve together; more than this would be no configuration of this world.</summary>
    private const int MaxRaces = 1_024;

    private readonly Lock _lock = new();
    private readonly long _begin = time?.GetTimestamp() ?? 0;
    private readonly Dictionary<string, Incumbency> _leaders = [];
    private readonly Dictionary<(string Stage, string Engine), long> _sessions = [];
    private readonly WeightTuner _tuner = new(options.Weights, options.Budgets, options.Tuning);
    private int _sinceTuning;

    public PolicyOptions Options => options;

    /// <summary>What moves the weights, if it may, and takes back what it did.</summary>
    public WeightTuner Tuner => _tuner;

    /// <summary>Told of every step of the weights, on the thread of the session that brought it about.</summary>
    public Action<WeightChange>? Tuned { get; set; }

    /// <summary>The clock; null: there is none.</summary>
    public TimeProvider? Time => time;

    private TimeSpan Now => time?.GetElapsedTime(_begin) ?? TimeSpan.Zero;

    /// <summary>Decides for a session or a call, and remembers it.</summary>
    public PolicyDecision Choose(PolicyRequest request, IReadOnlyList<PolicyCandidate> candidates)
    {
        var race = EnginePolicy.Race(request, candidates, options);
        lock (_lock)
        {
            var (decision, state) = EnginePolicy.Decide(request, candidates, options, _tuner.Current, _leaders.GetValueOrDefault(race), Now);
            if (state is not null)
            {
                if (_leaders.Count >= MaxRaces && !_leaders.ContainsKey(race)) { _leaders.Clear(); }
                _leaders[race] = state;
            }
            if (request.Subject is not null)
            {
                var key = (decision.Stage, decision.Chosen);
                _sessions[key] = _sessions.GetValueOrDefault(key) + 1;
            }
            return decision;
        }
    }

    /// <summary>What would be decided now; nothing is remembered of it.</summary>
    public PolicyDecision Peek(PolicyRequest request, IReadOnlyList<PolicyCandidate> candidates)
    {
        lock (_lock)
        {
            var state = _leaders.GetValueOrDefault(EnginePolicy.Race(request, candidates, options));
            return EnginePolicy.Decide(request, candidates, options, _tuner.Current, state, Now).Decision;
        }
    }

    /// <summary>A session began: once in a while the weights are looked at.</summary>
    /// <param name="describe">Gives all engines with what was measured of them; called only when it is time to look.</param>
    public void SessionBegan(Func<IReadOnlyList<EngineDescription>> describe)
    {
        if (!options.Tuning.Enabled || Interlocked.Increment(ref _sinceTuning) < options.Tuning.EverySessions) { return; }
        Interlocked.Exchange(ref _sinceTuning, 0);
        if (_tuner.Consider(describe()) is { } change) { Tuned?.Invoke(change); }
    }

    /// <summary>The engines that are being tried out, each stage's followed by those that the others got; empty: there are none.</summary>
    public IReadOnlyList<CanaryStanding> Canaries(IReadOnlyList<EngineDescription> engines)
    {
        var stages = engines.Where(e => options.Canary.ContainsKey(e.Name)).Select(e => e.Stage).ToHashSet();
        lock (_lock)
        {
            return [.. engines.Where(e => stages.Contains(e.Stage))
                .Select(e => (Engine: e, Stage: e.Stage.ToString().ToLowerInvariant(), Share: options.Canary.TryGetValue(e.Name, out var share) ? share : (double?)null))
                .Select(e => new CanaryStanding(e.Stage, e.Engine.Name, e.Share, _sessions.GetValueOrDefault((e.Stage, e.Engine.Name)), e.Engine.Readings))
                .Where(c => c.Share is not null || c.Sessions > 0).OrderBy(c => c.Stage, StringComparer.Ordinal).ThenBy(c => c.Share is null)];
        }
    }
}
