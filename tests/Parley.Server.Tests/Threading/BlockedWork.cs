using Parley.Testing.Transports;

namespace Parley.Server.Tests.Threading;

/// <summary>Work that blocks the thread it runs on until the test lets it go on.</summary>
internal sealed class BlockedWork : IDisposable
{
    private readonly ManualResetEventSlim _goOn = new();
    private int _begun;

    public BlockedWork()
    {
        // Those that it blocks are not to be all that there are.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Many + 16), ports);
    }

    /// <summary>More than there are threads that watch sockets.</summary>
    public static int Many { get; } = 2 * Environment.ProcessorCount + 2;

    /// <summary>How often it has begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    public void Run()
    {
        Interlocked.Increment(ref _begun);
        // Longer than the test waits for it.
        _goOn.Wait(3 * ConverseClient.Patience);
    }

    public void GoOn() => _goOn.Set();

    public void Dispose()
    {
        GoOn();
        _goOn.Dispose();
    }
}
