namespace Parley.Pipeline;

/// <summary>A stream whose next item is asked for before it is waited for, so that something else may come first.</summary>
/// <remarks>
/// One caller. Disposing it while an item is still on its way tells the engine to stop and gives it a moment to do so; one that does not listen is left
/// behind, because a conversation cannot wait for it.
/// </remarks>
internal sealed class StartedStream<T> : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<T> _items;
    private readonly TimeProvider _time;
    private Task<bool> _next = Task.FromResult(false);

    /// <param name="open">Opens the stream; the token is the stream's own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public StartedStream(Func<CancellationToken, IAsyncEnumerable<T>> open, TimeProvider time, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (_items, _time) = (open(_stop.Token).GetAsyncEnumerator(_stop.Token), time);
    }

    public T Current => _items.Current;

    /// <summary>Asks for the next item; the one before must have come.</summary>
    public Task<bool> Next() => _next = _items.MoveNextAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (!_next.IsCompleted)
        {
            _stop.Cancel();
            try { await _next.WaitAsync(s_grace, _time); }
            catch (TimeoutException) { return; }
#pragma warning disable CA1031 // However it ends: it was given up.
            catch (Exception) { }
#pragma warning restore CA1031
        }
        await _items.DisposeAsync();
        _stop.Dispose();
    }
}
