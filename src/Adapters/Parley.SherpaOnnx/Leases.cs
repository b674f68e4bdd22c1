using Parley.Diagnostics;

namespace Parley.SherpaOnnx;

/// <summary>How many may use something at a time, and how long the next one waits. Thread-safe.</summary>
internal sealed class Leases(VoiceStage stage, string engine, int count, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int MaxWaiting = 256;

    private readonly SemaphoreSlim _free = new(count, count);
    private int _waiting;

    /// <summary>Those that nobody holds.</summary>
    public int Free => _free.CurrentCount;

    /// <summary>Takes one if it is free.</summary>
    public Lease? TryTake() => _free.Wait(0) ? new Lease(_free) : null;

    /// <summary>Waits for one.</summary>
    /// <returns>Dispose it to give it back; again does no harm.</returns>
    /// <exception cref="VoiceException">None became free in time, or too many wait (both transient).</exception>
    public async Task<Lease> TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (TryTake() is { } free) { return free; }
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Busy();
        }
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _free.WaitAsync(either.Token);
            return new Lease(_free);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Busy();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _free.Dispose();

    private VoiceException Busy() => new(stage, $"{engine} was busy for too long.", isTransient: true) { Class = FailureClass.Resource };

    internal sealed class Lease(SemaphoreSlim free) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) != 0) { return; }
            try
            {
                free.Release();
            }
            catch (ObjectDisposedException)
            {
                // The engine ended first.
            }
        }
    }
}
