using Parley.Sessions;

namespace Parley.Server.Threading;

/// <summary>The threads that sessions run on, as many as there are processors unless told otherwise. Each session stays on one to its end.</summary>
/// <remarks>Thread-safe. A loop is started when the first session needs it.</remarks>
public sealed class SessionLoops : IDisposable
{
    private readonly Lazy<SessionLoop[]> _loops;
    private readonly TimeProvider _time;

    /// <param name="count">How many threads.</param>
    /// <param name="time">The clock that their timers go by.</param>
    public SessionLoops(int count, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        Time = time == TimeProvider.System ? new LoopTime(time) : time;
        _loops = new Lazy<SessionLoop[]>(() => [.. Enumerable.Range(0, count).Select(i => new SessionLoop($"sessions {i}", time))]);
    }

    /// <summary>Where sessions that run here call engines: on the pool.</summary>
    public static Aside Aside { get; } = PoolContext.RunAsync;

    /// <summary>
    /// Where sessions that run here wait for their client: on whichever thread brings what it said, which reads on. What a socket keeps for its next read is then
    /// found on the thread that left it. For transports whose reader shares nothing with their writer.
    /// </summary>
    public static Aside AtLine { get; } = work =>
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try { return work(); }
        finally { SynchronizationContext.SetSynchronizationContext(context); }
    };

    /// <summary>The clock for what runs here. A clock that is not the system's keeps its own timers.</summary>
    public TimeProvider Time { get; }

    /// <summary>A clock whose timers ring on a session's thread, whoever sets them: as late as sessions are.</summary>
    public TimeProvider TimeOfSessions => _time == TimeProvider.System ? new LoopTime(_time, _loops.Value[0]) : _time;

    /// <summary>Runs a session to its end, on the loop that has the fewest.</summary>
    public Task RunAsync(Func<Task> session) => _loops.Value.MinBy(l => l.Sessions)!.RunAsync(session);

    public void Dispose()
    {
        if (!_loops.IsValueCreated) { return; }
        foreach (var loop in _loops.Value) { loop.Dispose(); }
    }
}
