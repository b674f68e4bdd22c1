using Parley.Diagnostics;

namespace Parley.Governance;

/// <summary>
/// Lets no more calls at an engine than its limit allows. Who must wait waits in order of urgency; where too many wait, or one has waited too long, it is
/// turned away with the time after which to come back.
/// </summary>
/// <remarks>
/// Thread-safe. Urgency is a moment: when the call came, plus a head start that others have over it (<see cref="GovernanceOptions.BackgroundAge"/>,
/// <see cref="GovernanceOptions.LongAge"/>). The earliest goes first, so nothing that comes later than its head start goes before a call: nothing starves.
/// </remarks>
public sealed class PriorityScheduler
{
    private readonly VoiceStage _stage;
    private readonly string _engine;
    private readonly GovernanceOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _cpu;
    private readonly Lock _lock = new();
    private readonly AdaptiveLimit _limit;
    private readonly SortedSet<WaitingCall> _waiting = [], _delayed = [];
    private readonly List<EngineLease> _leases = [];
    private long _next, _shed, _forgotten;

    /// <param name="stage">The engine's stage, for what is told to those who are turned away.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="options">Bounds and waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cpu">The share of this machine's processors that is in use; null for an engine that does not run here.</param>
    public PriorityScheduler(VoiceStage stage, string engine, GovernanceOptions options, TimeProvider time, Func<double>? cpu = null)
    {
        (_stage, _engine, _options, _time, _cpu, _limit) = (stage, engine, options, time, cpu ?? (static () => 0), new AdaptiveLimit(options));
    }

    /// <summary>Told how long a call waited, when it has its turn.</summary>
    public Action<TimeSpan>? Waited { get; set; }

    /// <summary>What is going on now.</summary>
    public SchedulerReadings Read()
    {
        lock (_lock) { return new SchedulerReadings(_limit.Value, _leases.Count, _waiting.Count + _delayed.Count, _shed, _forgotten); }
    }

    /// <summary>Waits for a place.</summary>
    /// <returns>The place; dispose it whatever happens.</returns>
    /// <exception cref="VoiceException">The call is turned away (<see cref="FailureClass.Resource"/>, with the time after which to come back).</exception>
    public ValueTask<EngineLease> EnterAsync(CallOrder order, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (order.Delay > TimeSpan.Zero) { return new(DelayAsync(order, cancellationToken)); }
        WaitingCall call;
        WaitingCall? turnedAway;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _leases.Count < _limit.Value) { return new(Lease()); }
            turnedAway = MakeRoom(order.Priority);
            _waiting.Add(call = Call(order));
        }
        turnedAway?.Turn.TrySetException(Count());
        return new(WaitAsync(call, cancellationToken));
    }

    /// <summary>Takes places back that nobody has given back for too long; called now and then by whoever owns the engines.</summary>
    public void TakeBackForgotten()
    {
        List<EngineLease> forgotten;
        lock (_lock) { forgotten = [.. _leases.Where(l => _time.GetElapsedTime(l.Since) > _options.MaxLease)]; }
        Interlocked.Add(ref _forgotten, forgotten.Count);
        foreach (var lease in forgotten) { lease.Dispose(); }
    }

    internal void Measured(TimeSpan latency)
    {
        var cpu = _cpu();
        lock (_lock) { _limit.Measured(latency, _leases.Count, cpu); }
        LetIn();
    }

    internal void Lost() { lock (_lock) { _limit.Lost(); } }

    internal void Return(EngineLease lease)
    {
        lock (_lock)
        {
            if (lease.Place < 0) { return; }
            // The last one moves into the gap.
            var last = _leases[^1];
            (_leases[lease.Place], last.Place) = (last, lease.Place);
            _leases.RemoveAt(_leases.Count - 1);
            lease.Place = -1;
        }
        LetIn();
    }

    private async Task<EngineLease> DelayAsync(CallOrder order, CancellationToken cancellationToken)
    {
        WaitingCall call;
        lock (_lock)
        {
            _ = MakeRoom(CallPriority.Background);
            _delayed.Add(call = Call(order));
        }
        try
        {
            // Before its time it is turned away at most.
            return await call.Turn.Task.WaitAsync(order.Delay, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
        finally
        {
            lock (_lock) { _delayed.Remove(call); }
        }
        return await EnterAsync(order with { Delay = TimeSpan.Zero }, cancellationToken);
    }

    private async Task<EngineLease> WaitAsync(WaitingCall call, CancellationToken cancellationToken)
    {
        var longest = call.Priority == CallPriority.Interactive ? _options.InteractiveWait : _options.BackgroundWait;
        try
        {
            return await call.Turn.Task.WaitAsync(longest, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (_lock) { _waiting.Remove(call); }
            // Its turn came at the same moment: the place goes to the next one.
            if (call.Lease is { } unused) { Return(unused); }
            if (e is OperationCanceledException) { throw; }
            throw Count();
        }
    }

    private void LetIn()
    {
        while (true)
        {
            WaitingCall call;
            EngineLease lease;
            lock (_lock)
            {
                if (_leases.Count >= _limit.Value || _waiting.Min is not { } first) { return; }
                (call, lease) = (first, Lease());
                // Within one lock, so that who gives up sees either a waiting call or its place.
                _waiting.Remove(first);
                call.Lease = lease;
            }
            call.Turn.TrySetResult(lease);
            Waited?.Invoke(_time.GetElapsedTime(call.Since));
        }
    }

    private EngineLease Lease()
    {
        var lease = new EngineLease(this, _time.GetTimestamp()) { Place = _leases.Count };
        _leases.Add(lease);
        return lease;
    }

    private WaitingCall Call(CallOrder order)
    {
        var now = _time.GetTimestamp();
        return new WaitingCall(_next++, now, now + Ticks(order.Delay + HeadStart(order)), order.Priority);
    }

    /// <summary>Sees to it that one more call may wait.</summary>
    /// <returns>The call that gives way to an interactive one: of those that are delayed, else of the background, the one that would have to wait longest. Null: none has to.</returns>
    private WaitingCall? MakeRoom(CallPriority priority)
    {
        if (_waiting.Count + _delayed.Count < _options.QueueCapacity) { return null; }
        var hopeless = priority == CallPriority.Interactive ? _delayed.Max ?? _waiting.Reverse().FirstOrDefault(c => c.Priority == CallPriority.Background) : null;
        if (hopeless is null) { throw TurnAway(); }
        if (!_delayed.Remove(hopeless)) { _waiting.Remove(hopeless); }
        return hopeless;
    }

    private TimeSpan HeadStart(CallOrder order)
    {
        var length = order.Size < _options.LongAge ? order.Size : _options.LongAge;
        return order.Priority == CallPriority.Background ? _options.BackgroundAge + length : length;
    }

    private VoiceException Count()
    {
        lock (_lock) { return TurnAway(); }
    }

    private VoiceException TurnAway()
    {
        _shed++;
        var refusal = new VoiceException(_stage, $"{_engine} has too much to do.", isTransient: true) { Class = FailureClass.Resource };
        refusal.Data[Resilience.FailureRules.RetryAfterKey] = _options.InteractiveWait;
        return refusal;
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
