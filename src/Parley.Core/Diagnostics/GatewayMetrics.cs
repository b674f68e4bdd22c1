using System.Diagnostics.Metrics;

namespace Parley.Diagnostics;

/// <summary>The instruments of the gateway, beside those of <see cref="ParleyMetrics"/> and on the same meter, and the comparison of its two modes.</summary>
/// <remarks>Thread-safe. No tag holds a model's name: clients choose those.</remarks>
public sealed class GatewayMetrics
{
    private readonly Histogram<double> _first, _total;
    private readonly Counter<long> _answers;
    private readonly TimeProvider _time;
    private long _active;

    public GatewayMetrics(ParleyMetrics metrics, TimeProvider time)
    {
        _time = time;
        _first = metrics.Meter.CreateHistogram("parley.gateway.first_content.duration", "s", "Request read to first content sent", tags: null, advice: ParleyMetrics.Buckets);
        _total = metrics.Meter.CreateHistogram("parley.gateway.total.duration", "s", "Request read to answer complete", tags: null, advice: ParleyMetrics.Buckets);
        _answers = metrics.Meter.CreateCounter<long>("parley.gateway.answers", description: "Chat completions by mode and outcome");
        // Asked for when somebody looks: telling the listeners would be on the way of each request to its model.
        metrics.Meter.CreateObservableUpDownCounter("parley.gateway.active", () => Interlocked.Read(ref _active), description: "Chat completions under way");
    }

    /// <summary>The latencies of completed answers since the last reset, by mode.</summary>
    public ModeComparison Comparison { get; } = new();

    /// <summary>An answer begins.</summary>
    public MeasuredAnswer Begin(ReplyMode mode)
    {
        Interlocked.Increment(ref _active);
        return new MeasuredAnswer(this, mode, _time.GetTimestamp());
    }

    internal TimeSpan Since(long started) => _time.GetElapsedTime(started);

    internal void End(ReplyMode mode, string outcome, TimeSpan? first, TimeSpan total)
    {
        var tag = new KeyValuePair<string, object?>("mode", mode == ReplyMode.Quick ? "quick" : "direct");
        Interlocked.Decrement(ref _active);
        _answers.Add(1, tag, new KeyValuePair<string, object?>("outcome", outcome));
        if (first is { } f) { _first.Record(f.TotalSeconds, tag); }
        if (outcome != "completed") { return; }
        _total.Record(total.TotalSeconds, tag);
        Comparison.Add(mode, first ?? total, total);
    }
}
