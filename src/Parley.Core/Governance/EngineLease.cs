namespace Parley.Governance;

/// <summary>A place among an engine's calls; disposing it gives the place back, once.</summary>
/// <remarks>Thread-safe. A place that its holder forgets is taken back by <see cref="PriorityScheduler.TakeBackForgotten"/>.</remarks>
public sealed class EngineLease : IDisposable, IAsyncDisposable
{
    private readonly PriorityScheduler _scheduler;

    internal EngineLease(PriorityScheduler scheduler, long since) => (_scheduler, Since) = (scheduler, since);

    internal long Since { get; }

    /// <summary>The place in its scheduler's list; -1 once it was given back.</summary>
    internal int Place { get; set; }

    /// <summary>The call had its first result.</summary>
    public void Measured(TimeSpan latency) => _scheduler.Measured(latency);

    /// <summary>The call came to no result in time.</summary>
    public void Lost() => _scheduler.Lost();

    public void Dispose() => _scheduler.Return(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
