namespace Parley.Resilience;

/// <summary>Measures one engine: how soon its first results come, how often it fails, how much it has to do.</summary>
/// <remarks>Thread-safe. Latency is from the call to its first result: token, audio chunk or final transcript.</remarks>
public sealed class EngineTelemetry
{
    /// <summary>The weight of the newest value: after ten calls nine tenths of an average are new.</summary>
    private const double Weight = 0.2;

    private const int Window = 128;

    private readonly Lock _lock = new();
    private readonly double[] _latest = new double[Window];
    private long _calls, _failures, _measured;
    private int _inFlight;
    private double _ewma, _failureRate;

    /// <summary>A call begins; exactly one of the ends must follow.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>The first result has come.</summary>
    public void Measured(TimeSpan latency)
    {
        lock (_lock)
        {
            var seconds = latency.TotalSeconds;
            _ewma = _measured == 0 ? seconds : _ewma + Weight * (seconds - _ewma);
            _latest[_measured++ % Window] = seconds;
        }
    }

    /// <summary>The call ended as it should.</summary>
    public void Succeeded() => End(failed: false);

    /// <summary>The call ended by the engine's fault.</summary>
    public void Failed() => End(failed: true);

    /// <summary>The caller gave the call up: that says nothing about the engine.</summary>
    public void Abandoned() => Interlocked.Decrement(ref _inFlight);

    /// <summary>The moving average of the latency alone, which costs nothing; null: nothing was measured yet.</summary>
    public TimeSpan? Ewma { get { lock (_lock) { return _measured == 0 ? null : TimeSpan.FromSeconds(_ewma); } } }

    public EngineReadings Read()
    {
        lock (_lock) { return new EngineReadings(_calls, _failures, Volatile.Read(ref _inFlight), Ewma, P95(), _failureRate); }
    }

    private void End(bool failed)
    {
        Interlocked.Decrement(ref _inFlight);
        lock (_lock)
        {
            _calls++;
            if (failed) { _failures++; }
            _failureRate += Weight * ((failed ? 1 : 0) - _failureRate);
        }
    }

    private TimeSpan? P95()
    {
        var count = (int)Math.Min(_measured, Window);
        if (count == 0) { return null; }
        Span<double> sorted = stackalloc double[Window];
        _latest.AsSpan(0, count).CopyTo(sorted);
        sorted[..count].Sort();
        return TimeSpan.FromSeconds(sorted[(int)Math.Ceiling(count * 0.95) - 1]);
    }
}
