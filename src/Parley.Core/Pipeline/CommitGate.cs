namespace Parley.Pipeline;

/// <summary>Holds back what a reply has to tell until it is committed, then lets it out in its order.</summary>
/// <remarks>Thread-safe: the reply tells, the session's loop commits. What is held is bounded; who tells more waits.</remarks>
internal sealed class CommitGate
{
    private const int MaxHeld = 64;

    private readonly Lock _lock = new();
    private readonly Queue<Func<ValueTask>> _held = new();
    private readonly TaskCompletionSource _committed = new();
    private readonly TaskCompletionSource _passed = new();
    private bool _isOpen;

    /// <summary>Completes when the reply is committed; never if it is discarded. Tools run after this.</summary>
    public Task Committed => _committed.Task;

    public void Commit() => _committed.TrySetResult();

    /// <summary>Tells now, or once everything held before has been told.</summary>
    public async ValueTask TellAsync(Func<ValueTask> tell, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_isOpen && _held.Count < MaxHeld)
            {
                _held.Enqueue(tell);
                return;
            }
        }
        await WaitAsync(cancellationToken);
        await tell();
    }

    /// <summary>Returns when the reply is committed and everything that was held has been told.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _passed.Task.WaitAsync(cancellationToken);

    /// <summary>Waits for the commitment and lets out what was held.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _committed.Task.WaitAsync(cancellationToken);
        while (TakeNext() is { } tell) { await tell(); }
        _passed.TrySetResult();
    }

    private Func<ValueTask>? TakeNext()
    {
        lock (_lock)
        {
            if (_held.TryDequeue(out var next)) { return next; }
            _isOpen = true;
            return null;
        }
    }
}
