using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Parley.Resilience.Chains;

/// <summary>An engine's results, whose reader can leave while the engine is still at the next one.</summary>
/// <remarks>
/// One reader; <see cref="Abandon"/> comes from any thread. An enumerator may not be disposed while it moves, so one that was abandoned is disposed when
/// its move ends. What is waited for is a promise that is used again for each result: none costs an allocation of its own.
/// </remarks>
internal sealed class AbandonableEnumerator<T>(IAsyncEnumerator<T> items) : IAsyncEnumerator<T>, IValueTaskSource<bool>
{
    private const int Still = 0, Moving = 1, Abandoned = 2;

    private ManualResetValueTaskSourceCore<bool> _promise;
    private ValueTaskAwaiter<bool> _move;
    private Action? _moved;
    private int _state;

    public T Current => items.Current;

    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    public ValueTask<bool> MoveNextAsync()
    {
#pragma warning disable CA2012 // Its result is asked for once, when the move has ended.
        var move = items.MoveNextAsync();
#pragma warning restore CA2012
        if (move.IsCompleted) { return move; }
        _promise.Reset();
        _move = move.GetAwaiter();
        Volatile.Write(ref _state, Moving);
        _move.UnsafeOnCompleted(_moved ??= Moved);
        return new(this, _promise.Version);
    }

    /// <summary>Ends the wait for the next result, if there is one.</summary>
    public void Abandon()
    {
        if (Interlocked.CompareExchange(ref _state, Abandoned, Moving) == Moving) { _promise.SetException(new OperationCanceledException()); }
    }

    public ValueTask DisposeAsync() => Volatile.Read(ref _state) == Abandoned ? ValueTask.CompletedTask : items.DisposeAsync();

    bool IValueTaskSource<bool>.GetResult(short token) => _promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    private void Moved()
    {
        if (Interlocked.CompareExchange(ref _state, Still, Moving) == Abandoned)
        {
            _ = LeaveAsync();
            return;
        }
        bool more;
        try
        {
            more = _move.GetResult();
        }
#pragma warning disable CA1031 // Whatever the engine throws is for the reader.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _promise.SetException(e);
            return;
        }
        _promise.SetResult(more);
    }

    private async Task LeaveAsync()
    {
        try
        {
            try { _ = _move.GetResult(); }
            finally { await items.DisposeAsync(); }
        }
#pragma warning disable CA1031 // Nobody waits for it any more.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
