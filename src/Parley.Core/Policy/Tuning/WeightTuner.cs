using System.Globalization;

namespace Parley.Policy.Tuning;

/// <summary>
/// Moves the weights of latency and load by what is measured: one bounded step at a time, each with its reason, each reversible. A step after which
/// things got worse is taken back by the tuner itself. Why this rule: docs/decisions/0010-which-engine.md.
/// </summary>
/// <remarks>Thread-safe. The same measurements in the same order give the same weights.</remarks>
/// <param name="configured">The weights to start from.</param>
/// <param name="budgets">What slowness is measured against.</param>
/// <param name="options">Bounds and steps.</param>
public sealed class WeightTuner(PolicyWeights configured, LatencyBudgets budgets, TuningOptions options)
{
    /// <summary>Shares of the budget: beyond the one engines are slow, below the other there is time to spare.</summary>
    private const double Slow = 0.8, Spare = 0.4;

    /// <summary>Failure rates: beyond the one engines are unreliable, below the other reliable.</summary>
    private const double Unreliable = 0.05, Reliable = 0.01;

    /// <summary>A measure that grew by more than this since a step has got worse.</summary>
    private const double Worse = 1.25;

    /// <summary>Looks for which a weight stays as it is after a step of it was taken back.</summary>
    private const int Rest = 5;

    private const int MaxHistory = 64;

    private readonly Lock _lock = new();
    private readonly List<WeightChange> _history = [];
    private readonly Dictionary<string, long> _calls = [];
    private PolicyWeights? _moved;
    private WeightChange? _fresh;
    private int _resting;

    /// <summary>The weights in force.</summary>
    public PolicyWeights Current => Volatile.Read(ref _moved) ?? configured;

    /// <summary>The steps that stand, the oldest first; at most the newest 64.</summary>
    public IReadOnlyList<WeightChange> History { get { lock (_lock) { return [.. _history]; } } }

    /// <summary>Looks at the measurements and makes a step where they call for one.</summary>
    /// <returns>The step, or the one that undid the last; null: the weights stay.</returns>
    public WeightChange? Consider(IReadOnlyList<EngineDescription> engines)
    {
        lock (_lock)
        {
            var used = Used(engines);
            if (used.Count == 0) { return null; }
            var slowness = used.Max(e => (e.Readings!.Value.P95 ?? TimeSpan.Zero) / budgets.For(e.Stage));
            var failures = used.Max(e => e.Readings!.Value.FailureRate);
            if (_fresh is { } last && (slowness > Math.Max(last.Slowness, Spare) * Worse || failures > Math.Max(last.Failures, Reliable) * Worse))
            {
                _resting = Rest;
                return TakeBack(Say($"taken back: slowness went from {last.Slowness:0.00} to {slowness:0.00}, failures from {last.Failures:0.00} to {failures:0.00}"));
            }
            _fresh = null;
            if (_resting > 0)
            {
                _resting--;
                return null;
            }
            return Step(slowness, failures);
        }
    }

    /// <summary>Takes back the newest step that stands.</summary>
    /// <returns>What undid it; null: there is none.</returns>
    public WeightChange? Revert()
    {
        lock (_lock)
        {
            _resting = Rest;
            return TakeBack("taken back by hand");
        }
    }

    private WeightChange? Step(double slowness, double failures)
    {
        var (after, reason) =
            failures > Unreliable ? (Current with { Load = Move(Current.Load, configured.Load, +1, options.Most) }, Say($"an engine in use fails in {failures:P0} of calls: load counts more"))
            : slowness > Slow ? (Current with { Latency = Move(Current.Latency, configured.Latency, +1, options.Most) }, Say($"an engine in use takes {slowness:P0} of its budget: latency counts more"))
            : failures < Reliable && Current.Load > configured.Load ? (Current with { Load = Move(Current.Load, configured.Load, -1, 1) }, "engines are reliable again: load counts as configured")
            : failures < Reliable && slowness < Spare ? (Current with { Latency = Move(Current.Latency, configured.Latency, -1, options.Least) }, Say($"engines take {slowness:P0} of their budgets: latency counts less"))
            : (Current, "");
        if (after == Current || after.Sum() <= 0) { return null; }
        _fresh = new WeightChange(Current, after, reason, slowness, failures);
        _history.Add(_fresh);
        if (_history.Count > MaxHistory) { _history.RemoveAt(0); }
        _moved = after;
        return _fresh;
    }

    private WeightChange? TakeBack(string reason)
    {
        _fresh = null;
        if (_history is not [.., var last]) { return null; }
        _history.RemoveAt(_history.Count - 1);
        var change = new WeightChange(Current, last.Before, reason, last.Slowness, last.Failures);
        _moved = last.Before;
        return change;
    }

    /// <summary>A step of a weight up or down, not beyond its bound; rounded, so that a way back ends where it began.</summary>
    private double Move(double weight, double from, int direction, double bound)
    {
        var moved = Math.Round(weight + direction * options.Step * from, 6);
        return direction > 0 ? Math.Min(moved, from * bound) : Math.Max(moved, from * bound);
    }

    /// <summary>The engines that were called since the last look, often enough to judge by.</summary>
    private List<EngineDescription> Used(IReadOnlyList<EngineDescription> engines)
    {
        var used = new List<EngineDescription>();
        foreach (var engine in engines.Where(e => e.Readings is { } r && r.Calls >= options.MinCalls))
        {
            var (key, calls) = ($"{engine.Stage}:{engine.Name}", engine.Readings!.Value.Calls);
            if (calls > _calls.GetValueOrDefault(key)) { used.Add(engine); }
            _calls[key] = calls;
        }
        return used;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
