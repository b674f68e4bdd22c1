namespace Parley.Diagnostics;

/// <summary>How soon answers come with an opener of the small model and without: to the first content, and in total.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ModeComparison
{
    private readonly LatencyWindow[] _first = [new(), new()], _total = [new(), new()];

    public void Add(ReplyMode mode, TimeSpan first, TimeSpan total)
    {
        _first[(int)mode].Add(first);
        _total[(int)mode].Add(total);
    }

    public (LatencyFigures First, LatencyFigures Total) Read(ReplyMode mode) => (_first[(int)mode].Read(), _total[(int)mode].Read());

    /// <summary>Begins anew; what Prometheus collects is not touched: its counters never go back.</summary>
    public void Reset()
    {
        foreach (var window in (LatencyWindow[])[.. _first, .. _total]) { window.Reset(); }
    }
}
