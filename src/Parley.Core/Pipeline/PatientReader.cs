namespace Parley.Pipeline;

/// <summary>Reads an engine's stream and waits for each item no longer than allowed.</summary>
/// <remarks>Whoever gives it up disposes it, which stops the engine.</remarks>
/// <param name="open">Opens the stream; the token is the stream's own.</param>
/// <param name="patience">The wait for the first item, and for each after it.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellationToken">Stops the stream.</param>
internal sealed class PatientReader<T>(
    Func<CancellationToken, IAsyncEnumerable<T>> open, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly StartedStream<T> _items = new(open, time, cancellationToken);

    public T Current => _items.Current;

    /// <exception cref="TimeoutException">The item did not come in time.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        var next = _items.Next();
        return next.IsCompletedSuccessfully ? next.Result : await next.WaitAsync(patience, time, cancellationToken);
    }

    public ValueTask DisposeAsync() => _items.DisposeAsync();
}
