namespace Parley.Pipeline;

/// <summary>Reads an engine's stream and waits for each item no longer than allowed.</summary>
/// <remarks>
/// When the time is up the engine is told to stop and given a moment to do so; one that does not listen is left behind, because
/// a conversation cannot wait for it.
/// </remarks>
internal sealed class PatientReader<T> : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<T> _items;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private Task<bool> _move = Task.FromResult(false);

    /// <param name="open">Opens the stream; the token is the stream's own.</param>
    /// <param name="patience">The wait for the first item, and for each after it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public PatientReader(Func<CancellationToken, IAsyncEnumerable<T>> open, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _items = open(_stop.Token).GetAsyncEnumerator(_stop.Token);
        (_patience, _time) = (patience, time);
    }

    public T Current => _items.Current;

    /// <exception cref="TimeoutException">The item did not come in time.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        var move = _items.MoveNextAsync();
        if (move.IsCompletedSuccessfully) { return move.Result; }
        _move = move.AsTask();
        return await _move.WaitAsync(_patience, _time, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_move.IsCompleted)
        {
            _stop.Cancel();
            try
            {
                await _move.WaitAsync(s_grace, _time);
            }
            catch (TimeoutException)
            {
                return;
            }
#pragma warning disable CA1031 // However it ends: it was given up.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
        await _items.DisposeAsync();
        _stop.Dispose();
    }
}
