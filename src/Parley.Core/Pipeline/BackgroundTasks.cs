namespace Parley.Pipeline;

/// <summary>Owns what is still winding down, so that a session ends only when nothing of it runs.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BackgroundTasks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _tasks = [];

    public void Add(ValueTask work)
    {
        if (work.IsCompletedSuccessfully) { return; }
        var task = work.AsTask();
        lock (_lock) { _tasks.Add(task); }
        task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for all; failures were told where they happened and are not thrown again.</summary>
    public async Task WhenAllAsync()
    {
        while (true)
        {
            Task[] tasks;
            lock (_lock) { tasks = [.. _tasks]; }
            if (tasks.Length == 0) { return; }
            try
            {
                await Task.WhenAll(tasks);
            }
#pragma warning disable CA1031 // What failed has told the session's loop so itself.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private void Remove(Task task) { lock (_lock) { _tasks.Remove(task); } }
}
