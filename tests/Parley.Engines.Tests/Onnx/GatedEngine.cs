using System.Collections.Concurrent;
using Parley.Onnx.Vad;

namespace Parley.Engines.Tests.Onnx;

/// <summary>An engine whose runs wait until the test lets them go, and which answers with the first sample of the window.</summary>
internal sealed class GatedEngine(int maxBatch) : ISileroEngine
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _gate = new(0);

    public int MaxBatch => maxBatch;

    public ConcurrentQueue<int> Batches { get; } = new();

    public Exception? Error { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Whether a run began and waits.</summary>
    public Task<bool> BegunAsync(CancellationToken cancellationToken) => _begun.WaitAsync(s_timeout, cancellationToken);

    /// <summary>Lets so many runs go on.</summary>
    public void Pass(int runs = 1) => _gate.Release(runs);

    public void Run(ReadOnlySpan<SileroStream> streams)
    {
        _begun.Release();
        if (!_gate.Wait(s_timeout)) { throw new TimeoutException("The test never let the run go."); }
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Batches.Enqueue(streams.Length);
        if (Error is { } error) { throw error; }
        foreach (var stream in streams) { stream.Advance(stream.Input[SileroModel.Context]); }
    }

    public void Dispose() => IsDisposed = true;
}
