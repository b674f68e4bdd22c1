using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Time;

namespace Parley.Pipeline;

/// <summary>What comes through a channel, for one <c>await foreach</c>.</summary>
/// <remarks>
/// Not thread-safe. In place of an iterator, whose every wait posts to the synchronisation context once more.
/// </remarks>
/// <typeparam name="T">What goes through the channel.</typeparam>
public sealed class ChannelItems<T>
{
    private readonly ChannelReader<T> _reader;
    private readonly CancellationToken _cancellationToken;

    internal ChannelItems(ChannelReader<T> reader, CancellationToken cancellationToken) => (_reader, _cancellationToken) = (reader, cancellationToken);

    /// <summary>The item that was read last.</summary>
    public T Current { get; private set; } = default!;

    public ChannelItems<T> GetAsyncEnumerator() => this;

    /// <summary>Reads the next item.</summary>
    /// <returns>False: there will be no more.</returns>
    /// <exception cref="OperationCanceledException">There is none yet, and the wait for it was cancelled.</exception>
    public ValueTask<bool> MoveNextAsync() => TryRead() ? new(true) : WaitAsync();

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync()
    {
        while (await _reader.WaitToReadAsync(_cancellationToken))
        {
            if (TryRead()) { return true; }
        }
        return false;
    }

    private bool TryRead()
    {
        if (!_reader.TryRead(out var item)) { return false; }
        Current = item;
        return true;
    }
}
