namespace Parley.Turns.Coaching;

/// <summary>Work of many sessions: that of one in its order, one after the other; that of several side by side, so that who waits holds up nobody else.</summary>
/// <remarks>Thread-safe. Owns what it runs: <see cref="DrainAsync"/> waits for it.</remarks>
/// <param name="capacity">Pieces that wait; of more, the oldest is dropped.</param>
/// <param name="workers">Pieces that run at a time.</param>
/// <param name="dropped">Told of each that is dropped.</param>
internal sealed class KeyedQueue(int capacity, int workers, Action dropped)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, Func<Task> Work)> _waiting = [];
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _drained = new();
    private bool _isClosed;

    /// <summary>Pieces that wait now.</summary>
    public int Waiting { get { lock (_lock) { return _waiting.Count; } } }

    /// <summary>Puts a piece of work behind the others of its key. Returns at once; after <see cref="DrainAsync"/> nothing is taken.</summary>
    /// <param name="key">The session.</param>
    /// <param name="work">Ends by itself and does not throw.</param>
    public void Add(string key, Func<Task> work)
    {
        lock (_lock)
        {
            if (_isClosed) { return; }
            if (_waiting.Count == capacity)
            {
                _waiting.RemoveFirst();
                dropped();
            }
            _waiting.AddLast((key, work));
        }
        Begin();
    }

    /// <summary>Takes no more work and waits until what was taken is done.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            CompleteIfDrained();
        }
        return _drained.Task;
    }

    private void Begin()
    {
        while (TryTake() is { } next) { _ = RunAsync(next.Key, next.Work); }
    }

    private (string Key, Func<Task> Work)? TryTake()
    {
        lock (_lock)
        {
            if (_running.Count == workers) { return null; }
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                if (!_running.Add(node.Value.Key)) { continue; }
                _waiting.Remove(node);
                return node.Value;
            }
            return null;
        }
    }

    private async Task RunAsync(string key, Func<Task> work)
    {
        // Not where it was added: that is a session's loop.
        await Task.Yield();
        try
        {
            await work();
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(key);
                CompleteIfDrained();
            }
            Begin();
        }
    }

    private void CompleteIfDrained()
    {
        if (_isClosed && _running.Count == 0 && _waiting.Count == 0) { _drained.TrySetResult(); }
    }
}
