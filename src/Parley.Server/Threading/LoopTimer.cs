namespace Parley.Server.Threading;

/// <summary>A timer that rings on a <see cref="SessionLoop"/>. Unlike the system's it does not carry its maker's execution context along.</summary>
/// <remarks>Thread-safe. One that is changed or disposed while it rings may ring to its end.</remarks>
internal sealed class LoopTimer : ITimer
{
    private readonly LoopTimers _timers;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private long _period;

    public LoopTimer(LoopTimers timers, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        (_timers, _callback, _state) = (timers, callback, state);
        Change(dueTime, period);
    }

    /// <summary>When it rings, on the clock; belongs to the timers, like what follows.</summary>
    public long Due { get; set; }

    /// <summary>Where in the heap it stands; -1: nowhere.</summary>
    public int Place { get; set; } = -1;

    public bool IsDisposed { get; set; }

    /// <summary>The time between two rings, on the clock; null: it rings once.</summary>
    public long? Period => Volatile.Read(ref _period) is > 0 and var period ? period : null;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (IsDisposed) { return false; }
        Volatile.Write(ref _period, period <= TimeSpan.Zero ? 0 : _timers.Ticks(period));
        _timers.Set(this, dueTime < TimeSpan.Zero ? long.MaxValue : _timers.After(dueTime));
        return true;
    }

    public void Ring() => _callback(_state);

    public void Dispose() => _timers.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
