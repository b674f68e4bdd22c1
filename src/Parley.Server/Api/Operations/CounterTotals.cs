using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Parley.Diagnostics;

namespace Parley.Server.Api.Operations;

/// <summary>What Parley's counters have come to since this was made.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CounterTotals : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _totals = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public CounterTotals(ParleyMetrics metrics)
    {
        // By the meter itself and not its name: a process may run several servers.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter) && instrument is Counter<long>) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _totals.AddOrUpdate(NameOf(instrument.Name, tags), value, (_, sum) => sum + value));
        _listener.Start();
    }

    /// <summary>By the name of the instrument, with its tags in braces where it has some: <c>parley.errors{code=bad_json}</c>.</summary>
    public IReadOnlyDictionary<string, long> Read() => new SortedDictionary<string, long>(_totals, StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private static string NameOf(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.IsEmpty ? name : $"{name}{{{string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}}}";
}
