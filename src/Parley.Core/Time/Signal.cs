using System.Threading.Tasks.Sources;

namespace Parley.Time;

/// <summary>Something that one waits for and another does, over and over, without an allocation each time.</summary>
/// <remarks>
/// One waiter: <see cref="Reset"/>, then let the other know, then <see cref="WaitAsync"/>, whether it is set by then or not. What the waiter does next
/// runs in the context in which it called <see cref="Reset"/>: at once, if who sets it is in that context too.
/// </remarks>
public sealed class Signal : IValueTaskSource
{
    private const int Pending = 0, Awaited = 1, Done = 2;

    private SynchronizationContext? _context;
    private Action<object?>? _continuation;
    private object? _state;
    private Exception? _failure;
    private short _version;
    private int _phase;

    /// <summary>Whether a waiter without a context goes on on the pool, not on the thread that sets it.</summary>
    public bool UsesPool { get; init; }

    /// <summary>The wait that it stands for now.</summary>
    public short Version => _version;

    /// <summary>Begins another wait.</summary>
    public void Reset()
    {
        (_continuation, _state, _failure) = (null, null, null);
        _context = SynchronizationContext.Current;
        _version++;
        Volatile.Write(ref _phase, Pending);
    }

    /// <summary>Ends the wait. Called once after each <see cref="Reset"/>.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _phase, Done) == Awaited) { Continue(); }
    }

    /// <summary>Ends the wait with an exception, in place of <see cref="Set"/>.</summary>
    public void Fail(Exception exception)
    {
        _failure = exception;
        Set();
    }

    /// <summary>Waits until it is set.</summary>
    public ValueTask WaitAsync() => new(this, _version);

    /// <exception cref="InvalidOperationException">It is not set yet, or the token is of another wait.</exception>
    public void GetResult(short token)
    {
        if (GetStatus(token) == ValueTaskSourceStatus.Pending) { throw new InvalidOperationException("It is not set yet."); }
        if (_failure is { } failure) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure); }
    }

    /// <exception cref="InvalidOperationException">The token is of another wait.</exception>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        if (token != _version) { throw new InvalidOperationException("Another wait has begun since."); }
        return Volatile.Read(ref _phase) != Done ? ValueTaskSourceStatus.Pending
            : _failure is null ? ValueTaskSourceStatus.Succeeded
            : _failure is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    /// <exception cref="InvalidOperationException">Somebody waits already, or the token is of another wait.</exception>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (token != _version || _continuation is not null) { throw new InvalidOperationException("One waits for it, once."); }
        (_continuation, _state) = (continuation, state);
        // Set in the meantime: never at once, for its caller has not come back from here.
        if (Interlocked.CompareExchange(ref _phase, Awaited, Pending) == Done) { Post(_context); }
    }

    private void Continue()
    {
        if (_context is { } context ? context == SynchronizationContext.Current : !UsesPool) { Run(); } else { Post(_context); }
    }

    private void Post(SynchronizationContext? context)
    {
        if (context is null) { ThreadPool.UnsafeQueueUserWorkItem(static s => s.Run(), this, preferLocal: true); }
        else { context.Post(static s => ((Signal)s!).Run(), this); }
    }

    private void Run() => _continuation!(_state);
}
