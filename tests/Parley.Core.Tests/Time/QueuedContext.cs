namespace Parley.Core.Tests.Time;

/// <summary>Runs what is posted to it when it is told to.</summary>
internal sealed class QueuedContext : SynchronizationContext
{
    private readonly Queue<Action> _steps = new();

    public override void Post(SendOrPostCallback d, object? state) => _steps.Enqueue(() => d(state));

    /// <summary>Runs a step in it at once.</summary>
    public void Run(Action step)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try { step(); }
        finally { SetSynchronizationContext(before); }
    }

    /// <summary>Runs what was posted, and what that posts.</summary>
    /// <returns>How many steps there were.</returns>
    public int RunAll()
    {
        var count = 0;
        for (; _steps.TryDequeue(out var step); count++) { Run(step); }
        return count;
    }
}
