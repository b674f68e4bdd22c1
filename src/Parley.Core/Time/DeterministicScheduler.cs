using System.Collections.Concurrent;

namespace Parley.Time;

/// <summary>
/// Runs asynchronous code on one thread and a <see cref="VirtualClock"/>: continuations run in the order they were queued, time moves only
/// when nothing is left to run. The same code does the same things in the same order every time.
/// </summary>
/// <remarks>
/// Holds for code that awaits without <c>ConfigureAwait(false)</c> and starts no threads: Parley's core and the simulated engines.
/// All calls come from the thread that made it.
/// </remarks>
public sealed class DeterministicScheduler : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public VirtualClock Clock { get; } = new();

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts <paramref name="work"/> under this scheduler and runs it until it waits.</summary>
    public Task<T> Start<T>(Func<Task<T>> work)
    {
        var task = Under(work);
        RunUntilIdle();
        return task;
    }

    /// <inheritdoc cref="Start{T}"/>
    public Task Start(Func<Task> work)
    {
        var task = Under(work);
        RunUntilIdle();
        return task;
    }

    /// <summary>Runs what is ready; the clock stands still.</summary>
    public void RunUntilIdle() => Under(() =>
    {
        while (_queue.TryDequeue(out var item)) { item.Callback(item.State); }
        return true;
    });

    /// <summary>Moves the clock timer by timer, running all that becomes ready on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var target = Clock.Elapsed + by;
        RunUntilIdle();
        while (Clock.NextDue is { } due && due <= target)
        {
            Under(() => { Clock.AdvanceToNextTimer(); return true; });
            RunUntilIdle();
        }
        Under(() => { Clock.Advance(target - Clock.Elapsed); return true; });
        RunUntilIdle();
    }

    /// <summary>The process stands still for a while: see <see cref="VirtualClock.Stall"/>.</summary>
    public void Stall(TimeSpan by)
    {
        RunUntilIdle();
        Under(() => { Clock.Stall(by); return true; });
        RunUntilIdle();
    }

    /// <summary>Moves the clock until <paramref name="task"/> has completed and gives its result.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="limit"/> of virtual time.</exception>
    public T Run<T>(Task<T> task, TimeSpan limit)
    {
        RunTask(task, limit);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Task task, TimeSpan limit)
    {
        RunTask(task, limit);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Moves the clock until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="limit"/> of virtual time.</exception>
    public void RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = Clock.Elapsed + limit;
        RunUntilIdle();
        while (!condition())
        {
            if (Clock.NextDue is not { } due || due > end) { throw new TimeoutException($"Not reached within {limit} of virtual time."); }
            Under(() => { Clock.AdvanceToNextTimer(); return true; });
            RunUntilIdle();
        }
    }

    private void RunTask(Task task, TimeSpan limit) => RunUntil(() => task.IsCompleted, limit);

    private T Under<T>(Func<T> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
