namespace Parley.Time;

/// <summary>A clock that stands still until a test moves it: timers fire in the order of their due times, ties in the order they were set.</summary>
/// <remarks>
/// Thread-safe. Callbacks run on the thread that calls <see cref="Advance"/>, outside every lock, with the clock at their due time;
/// so do continuations of <c>Task.Delay</c>, unless they ask for another thread. A timer set by a callback fires in the same
/// <see cref="Advance"/> where it falls due within it. An exception from a callback leaves <see cref="Advance"/>.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.ByDueTime);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _elapsed, _wall;
    private long _sequence;

    /// <param name="start">The time it shows at first; the default is 2030-01-01 00:00 UTC.</param>
    public VirtualClock(DateTimeOffset? start = null) => _start = (start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <summary>How far the clock was moved in all.</summary>
    public TimeSpan Elapsed { get { lock (_gate) { return _elapsed; } } }

    /// <summary>When the next timer is due, on the scale of <see cref="Elapsed"/>; null if none is set.</summary>
    public TimeSpan? NextDue { get { lock (_gate) { return _timers.Min?.Due; } } }

    /// <summary>How many timers are set and have not fired; a periodic one counts until it is disposed.</summary>
    public int PendingTimers { get { lock (_gate) { return _timers.Count; } } }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() { lock (_gate) { return _start + _elapsed + _wall; } }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what falls due on the way, also what is due now.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: time does not run backwards.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Elapsed + by;
        while (TakeDue(target) is { } timer) { timer.Fire(); }
    }

    /// <summary>Somebody sets the time of day; timestamps and timers know nothing of it.</summary>
    /// <param name="by">How far it is set on, or back if negative.</param>
    public void SetTimeOfDay(TimeSpan by) { lock (_gate) { _wall += by; } }

    /// <summary>The process stood still for a while: what fell due meanwhile fires afterwards, with the clock where it then is.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: time does not run backwards.</exception>
    public void Stall(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_gate) { _elapsed += by; }
        Advance(TimeSpan.Zero);
    }

    /// <summary>Moves the clock to the next timer's due time and fires all that is due then.</summary>
    /// <returns>False if no timer is set; the clock then stands where it stood.</returns>
    public bool AdvanceToNextTimer()
    {
        TimeSpan by;
        lock (_gate)
        {
            if (_timers.Min is not { } next) { return false; }
            by = next.Due > _elapsed ? next.Due - _elapsed : TimeSpan.Zero;
        }
        Advance(by);
        return true;
    }

    /// <summary>Completes when at least <paramref name="count"/> timers are set: the code under test has come to its wait, so the clock may move.</summary>
    public Task WaitForTimersAsync(int count = 1, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_timers.Count >= count) { return Task.CompletedTask; }
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    internal bool Set(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (timer.IsDisposed) { return false; }
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) { Enqueue(timer, _elapsed + dueTime); }
            return true;
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private VirtualTimer? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } timer || timer.Due > target)
            {
                if (target > _elapsed) { _elapsed = target; }
                return null;
            }
            _timers.Remove(timer);
            if (timer.Due > _elapsed) { _elapsed = timer.Due; }
            if (timer.Period > TimeSpan.Zero) { Enqueue(timer, _elapsed + timer.Period); }
            return timer;
        }
    }

    private void Enqueue(VirtualTimer timer, TimeSpan due)
    {
        timer.Due = due;
        timer.Sequence = _sequence++;
        _timers.Add(timer);
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_timers.Count < _waiters[i].Count) { continue; }
            _waiters[i].Reached.TrySetResult();
            _waiters.RemoveAt(i);
        }
    }
}
