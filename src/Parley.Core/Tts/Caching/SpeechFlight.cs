using System.Threading.Channels;

namespace Parley.Tts.Caching;

/// <summary>A clause that is being spoken, for all who asked for it: each hears it from its beginning, as soon as it is there.</summary>
/// <remarks>Thread-safe. It goes on while anybody listens; when the last one has left before the end it is stopped.</remarks>
/// <param name="deadline">The timestamp by which it speaks or has failed; null: nobody waits for it, and it may be long before it has its turn.</param>
#pragma warning disable CA1001 // Its source has no timer, so there is nothing to free; and listeners may leave after the end.
internal sealed class SpeechFlight(long? deadline)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly List<SpeechChunk> _chunks = [];
    private readonly List<ChannelWriter<SpeechChunk>> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _ended;

    /// <summary>One more listener; it must leave, whatever happens.</summary>
    /// <param name="latest">The timestamp until which the listener would wait; null: it does not matter.</param>
    /// <returns>The speech from its beginning; null: it has ended, has been given up, or may be silent for longer.</returns>
    public Channel<SpeechChunk>? TryJoin(long? latest)
    {
        // Unbounded on purpose: the clause bounds it, and a slow listener must not hold up the others.
        var listener = Channel.CreateUnbounded<SpeechChunk>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            if (_ended || _stop.IsCancellationRequested) { return null; }
            if (_chunks.Count == 0 && latest is not null && !(deadline <= latest)) { return null; }
            foreach (var chunk in _chunks) { listener.Writer.TryWrite(chunk); }
            _listeners.Add(listener.Writer);
            return listener;
        }
    }

    /// <summary>A listener hears no more.</summary>
    public void Leave(Channel<SpeechChunk> listener)
    {
        lock (_lock)
        {
            if (!_listeners.Remove(listener.Writer) || _listeners.Count > 0 || _ended) { return; }
        }
        _stop.Cancel();
    }

    /// <summary>Somebody cannot wait for it and has the same spoken anew: it stops, unless others wait for it.</summary>
    public void GiveWay()
    {
        if (deadline is null) { _stop.Cancel(); }
    }

    /// <summary>Speaks. Never throws: what fails reaches the listeners.</summary>
    /// <param name="source">Makes the speech; its token is this flight's own.</param>
    /// <param name="ended">Called with all chunks, or null if it failed, before the listeners learn that it was the last one.</param>
    public async Task RunAsync(Func<CancellationToken, IAsyncEnumerable<SpeechChunk>> source, Action<IReadOnlyList<SpeechChunk>?> ended)
    {
        Exception? failure = null;
        try
        {
            await foreach (var chunk in source(_stop.Token)) { Tell(chunk); }
        }
#pragma warning disable CA1031 // It is rethrown to everybody who listens.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        ended(failure is null ? _chunks : null);
        ChannelWriter<SpeechChunk>[] listeners;
        lock (_lock) { (_ended, listeners) = (true, [.. _listeners]); }
        foreach (var listener in listeners) { listener.TryComplete(failure); }
    }

    private void Tell(SpeechChunk chunk)
    {
        lock (_lock)
        {
            _chunks.Add(chunk);
            foreach (var listener in _listeners) { listener.TryWrite(chunk); }
        }
    }
}
