using Parley.Diagnostics;

namespace Parley.PocketSphinx.Asr;

/// <summary>A fixed set of costly things that one user at a time may hold. Short work goes first, but no longer than a while: nothing starves.</summary>
/// <param name="size">How many there are; all are made at once, by the constructor.</param>
/// <param name="create">Makes one.</param>
/// <param name="isWorn">Whether one that comes back should be replaced by a new one.</param>
/// <param name="time">The clock of the timeouts.</param>
/// <remarks>
/// Thread-safe. There are two ways to hold one: <see cref="RentAsync"/> for work that must be done, in a bounded queue with a timeout, and
/// <see cref="TryRent"/> for work that is merely welcome: it never waits, and is asked to give way as soon as somebody does.
/// </remarks>
internal sealed class DecoderPool<T>(int size, Func<T> create, Func<T, bool> isWorn, TimeProvider time) : IDisposable
    where T : class, IDisposable
{
    private const int MaxWaiting = 256;

    /// <summary>Work is passed by none that comes so much later.</summary>
    private static readonly TimeSpan s_longestPassed = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Stack<T> _free = new(Enumerable.Range(0, size).Select(_ => create()).ToArray());
    private readonly PriorityQueue<TaskCompletionSource<Lease>, (TimeSpan Due, long Order)> _waiting = new();
    private readonly LinkedList<Lease> _yielding = [];
    private readonly long _start = time.GetTimestamp();
    private long _order;
    private bool _disposed;

    /// <summary>How many nobody holds.</summary>
    public int Free { get { lock (_gate) { return _free.Count; } } }

    /// <summary>Takes a free one if nobody is waiting for it.</summary>
    /// <param name="giveWay">Called, from any thread and quickly, when somebody waits: the lease should be disposed soon.</param>
    public Lease? TryRent(Action giveWay)
    {
        lock (_gate)
        {
            if (_disposed || !_free.TryPop(out var item)) { return null; }
            var lease = new Lease(this, item, giveWay);
            _yielding.AddLast(lease);
            return lease;
        }
    }

    /// <summary>Waits for one.</summary>
    /// <param name="speech">How much is to be done, as the length of its speech. Its deadline, by which all are served, lies so far ahead, two seconds at most.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="VoiceException">None became free in time, or too many wait (both transient).</exception>
    public async Task<Lease> RentAsync(TimeSpan speech, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource<Lease>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action? giveWay = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_free.TryPop(out var item)) { return new Lease(this, item, null); }
            if (_waiting.Count >= MaxWaiting) { throw Busy(); }
            _waiting.Enqueue(waiter, (time.GetElapsedTime(_start) + (speech < s_longestPassed ? speech : s_longestPassed), _order++));
            if (_yielding.Last is { } last)
            {
                _yielding.RemoveLast();
                giveWay = last.Value.GiveWay;
            }
        }
        giveWay?.Invoke();
        try
        {
            return await waiter.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            Abandon(waiter);
            throw fault is TimeoutException ? Busy() : fault;
        }
    }

    public void Dispose()
    {
        T[] free;
        lock (_gate)
        {
            _disposed = true;
            free = [.. _free];
            _free.Clear();
            while (_waiting.TryDequeue(out var waiter, out _)) { waiter.TrySetException(new ObjectDisposedException(nameof(DecoderPool<>))); }
        }
        foreach (var item in free) { item.Dispose(); }
    }

    private void Abandon(TaskCompletionSource<Lease> waiter)
    {
        lock (_gate) { _waiting.Remove(waiter, out _, out _); }
        if (!waiter.TrySetCanceled()) { waiter.Task.Result.Dispose(); } // it was served at the same moment
    }

    private void Return(Lease lease, T item)
    {
        if (isWorn(item))
        {
            item.Dispose();
            item = create();
        }
        lock (_gate)
        {
            _yielding.Remove(lease);
            while (_waiting.TryDequeue(out var waiter, out _))
            {
                if (waiter.TrySetResult(new Lease(this, item, null))) { return; }
            }
            if (!_disposed)
            {
                _free.Push(item);
                return;
            }
        }
        item.Dispose();
    }

    private static VoiceException Busy() => new(VoiceStage.Asr, "No speech decoder became free in time.", isTransient: true) { Class = FailureClass.Resource };

    /// <summary>Holds one until it is disposed.</summary>
    internal sealed class Lease(DecoderPool<T> pool, T item, Action? giveWay) : IDisposable
    {
        private int _returned;

        public T Item { get; } = item;

        internal Action? GiveWay { get; } = giveWay;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) { pool.Return(this, Item); }
        }
    }
}
