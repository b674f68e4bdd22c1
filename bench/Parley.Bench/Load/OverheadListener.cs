using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Parley.Diagnostics;

namespace Parley.Bench.Load;

/// <summary>Hears what the server in this process measures of its turns, for dialects that do not tell it to their clients.</summary>
internal sealed class OverheadListener : IDisposable
{
    private const string Instrument = "parley.turn.overhead.duration";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<double> _ms = new();

    public OverheadListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ParleyMetrics.MeterName && instrument.Name == Instrument) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _ms.Enqueue(1_000 * seconds));
        _listener.Start();
    }

    /// <summary>The overheads so far, in milliseconds.</summary>
    public IReadOnlyCollection<double> Ms => _ms;

    public void Dispose() => _listener.Dispose();
}
