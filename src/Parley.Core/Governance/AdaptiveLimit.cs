namespace Parley.Governance;

/// <summary>How many calls an engine may have at a time, learned from how its latency moves.</summary>
/// <remarks>
/// The rule is Gradient2 of Netflix's concurrency-limits. With each latency <c>rtt</c>, and its long-term average <c>long</c>:
/// <c>gradient = clamp(tolerance · long / rtt, 0.5, 1)</c>, <c>target = limit · gradient + √limit</c>, <c>limit += 0.2 · (target − limit)</c>, clamped to its
/// bounds. It grows only while at least half of it is in use, for nothing is learned from an idle engine. Where the average is more than twice the latency,
/// it decays by 5 % a call, so that it recovers from a bad time. A call that was lost takes a tenth of the limit, and so does each call while the
/// processors are busy beyond their bound. Not thread-safe: its scheduler locks.
/// </remarks>
public sealed class AdaptiveLimit
{
    private const double Smoothing = 0.2, LongWeight = 2.0 / 601, Backoff = 0.9;

    /// <summary>The average of the first calls is their plain mean.</summary>
    private const int WarmUp = 10;

    private readonly GovernanceOptions _options;
    private readonly int _min;
    private readonly int _max;
    private double _limit, _long;
    private int _samples;

    public AdaptiveLimit(GovernanceOptions options)
    {
        _options = options;
        (_min, _max) = (Math.Min(options.MinLimit, options.MaxLimit), options.MaxLimit);
        _limit = Math.Clamp(options.InitialLimit, _min, _max);
    }

    /// <summary>The limit now.</summary>
    public int Value => (int)_limit;

    /// <summary>A call had its first result.</summary>
    /// <param name="latency">From the call on.</param>
    /// <param name="inUse">Calls under way.</param>
    /// <param name="cpu">The share of this machine's processors that is in use; 0 where that is of no matter.</param>
    public void Measured(TimeSpan latency, int inUse, double cpu)
    {
        var rtt = Math.Max(latency.TotalSeconds, 1e-6);
        _samples++;
        _long += (rtt - _long) * (_samples <= WarmUp ? 1.0 / _samples : LongWeight);
        if (cpu > _options.MaxCpu)
        {
            Set(_limit * Backoff);
            return;
        }
        if (_long / rtt > 2) { _long *= 0.95; }
        if (inUse < _limit / 2) { return; }
        var gradient = Math.Clamp(_options.Tolerance * _long / rtt, 0.5, 1);
        Set(_limit + Smoothing * (_limit * gradient + Math.Sqrt(_limit) - _limit));
    }

    /// <summary>A call was lost: it came to no result in time.</summary>
    public void Lost() => Set(_limit * Backoff);

    private void Set(double limit) => _limit = Math.Clamp(limit, _min, _max);
}
