namespace Parley.Server.Threading;

/// <summary>Work under it runs on the thread pool, and goes on there after each wait, whichever thread ends the wait.</summary>
/// <remarks>Thread-safe. Holds for code that awaits without <c>ConfigureAwait(false)</c>.</remarks>
internal sealed class PoolContext : SynchronizationContext
{
    private static readonly PoolContext s_instance = new();

    private PoolContext() { }

    /// <summary>Runs work under it, from its first step on.</summary>
    public static async Task RunAsync(Func<Task> work)
    {
        // For this method alone: its caller gets its own back.
        SetSynchronizationContext(s_instance);
        await Task.Yield();
        await work();
    }

    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.UnsafeQueueUserWorkItem(
        static work =>
        {
            SetSynchronizationContext(s_instance);
            try { work.d(work.state); }
            finally { SetSynchronizationContext(null); }
        },
        (d, state), preferLocal: true);

    public override SynchronizationContext CreateCopy() => this;
}
