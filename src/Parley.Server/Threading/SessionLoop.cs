using System.Collections.Concurrent;

namespace Parley.Server.Threading;

/// <summary>A thread that many sessions share: all they do runs on it, one step after the other, and its timers ring on it.</summary>
/// <remarks>
/// What a session does next waits here in a queue, not for a thread of the pool to wake: a frame that finds the loop awake costs no change of threads. In
/// return no step may block or compute for long. <see cref="Post"/> and the timers are thread-safe.
/// </remarks>
internal sealed class SessionLoop : SynchronizationContext, IDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(SendOrPostCallback Step, object? State)> _steps = new();
    private readonly LoopTimers _timers;
    private readonly object _bed = new();
    private readonly Thread _thread;
    private int _sessions, _isAsleep;
    private volatile bool _isStopping;

    /// <param name="name">Of its thread.</param>
    /// <param name="time">The clock that its timers go by.</param>
    public SessionLoop(string name, TimeProvider time)
    {
        _timers = new LoopTimers(time, Wake);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Sessions that run here now.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>Runs a session here, from its first step to its last.</summary>
    /// <exception cref="ObjectDisposedException">The loop has stopped.</exception>
    public async Task RunAsync(Func<Task> session)
    {
        ObjectDisposedException.ThrowIf(_isStopping, this);
        Interlocked.Increment(ref _sessions);
        try
        {
            await EnterAsync(session);
        }
        finally
        {
            Interlocked.Decrement(ref _sessions);
        }
    }

    /// <summary>A timer that rings on this loop.</summary>
    public ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new LoopTimer(_timers, callback, state, dueTime, period);

    public override void Post(SendOrPostCallback d, object? state)
    {
        _steps.Enqueue((d, state));
        if (Volatile.Read(ref _isAsleep) == 1) { Wake(); }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits for a loop of sessions.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Ends the thread after the step that runs; what waits is dropped.</summary>
    public void Dispose()
    {
        _isStopping = true;
        Wake();
        if (Thread.CurrentThread != _thread) { _thread.Join(s_stopTimeout); }
    }

    private async Task EnterAsync(Func<Task> session)
    {
        // For this method alone: its caller gets its own back.
        SetSynchronizationContext(this);
        await Task.Yield();
        await session();
    }

    private void Run()
    {
        SetSynchronizationContext(this);
        while (!_isStopping)
        {
            _timers.RingDue();
            if (_steps.TryDequeue(out var next)) { next.Step(next.State); } else { Sleep(); }
        }
    }

    private void Sleep()
    {
        lock (_bed)
        {
            // First lie down, then look again: who posts looks whether anybody sleeps after it has posted.
            Interlocked.Exchange(ref _isAsleep, 1);
            var time = _timers.UntilNext;
            if (_steps.IsEmpty && time != TimeSpan.Zero && !_isStopping) { Monitor.Wait(_bed, time); }
            Volatile.Write(ref _isAsleep, 0);
        }
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isAsleep, 0) == 0 && !_isStopping) { return; }
        lock (_bed) { Monitor.Pulse(_bed); }
    }
}
