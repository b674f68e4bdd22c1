
namespace Parley.Sqlite.Timeline;

/// <summary>What waits to be written, in order.</summary>
/// <remarks>Thread-safe; one thread takes from it.</remarks>
/// <param name="capacity">Entries that may wait.</param>
internal sealed class WriteQueue(int capacity) : IDisposable
{
    /// <summary>Room for what is no entry, beyond the capacity: a full queue must not lose a session's beginning or end.</summary>
    private const int Reserve = 4_096;

    /// <summary>Recorded audio that may wait, however few entries it comes in.</summary>
    private const long MaxAudioBytes = 64 << 20;

    private readonly object _gate = new();
    private readonly Queue<WriteOperation> _waiting = new();
    private readonly ManualResetEventSlim _closing = new();
    private long _audioBytes;
    private int _awaited, _enough = 1;

    public bool IsClosed => _closing.IsSet;

    /// <summary>What waits now.</summary>
    public int Count { get { lock (_gate) { return _waiting.Count; } } }

    /// <returns>False if there is no room, or the queue is closed.</returns>
    public bool TryAdd(WriteOperation operation)
    {
        var entry = operation as NewEntry;
        lock (_gate)
        {
            if (IsClosed || _waiting.Count >= (entry is null ? capacity + Reserve : capacity)
                || _audioBytes + (entry?.AudioBytes ?? 0) > MaxAudioBytes) { return false; }
            _audioBytes += entry?.AudioBytes ?? 0;
            _waiting.Enqueue(operation);
            if (entry is null) { _awaited++; }
            if (_waiting.Count == _enough || entry is null) { Monitor.PulseAll(_gate); }
            return true;
        }
    }

    /// <summary>Waits for something to write and takes up to <paramref name="max"/> of it; nothing if <paramref name="patience"/> ends first.</summary>
    /// <returns>False if the queue is closed and empty.</returns>
    public bool Take(List<WriteOperation> into, int max, TimeSpan patience)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !IsClosed) { Monitor.Wait(_gate, patience); }
            while (into.Count < max && _waiting.TryDequeue(out var operation))
            {
                if (operation is NewEntry entry) { _audioBytes -= entry.AudioBytes; } else { _awaited--; }
                into.Add(operation);
            }
            return into.Count > 0 || !IsClosed;
        }
    }

    /// <summary>Lets entries gather for <paramref name="time"/>, but no more than <paramref name="max"/> of them, and not while anybody waits for what they wrote.</summary>
    public void Gather(TimeSpan time, int max)
    {
        lock (_gate)
        {
            if (_awaited > 0 || _waiting.Count >= max || IsClosed) { return; }
            _enough = max;
            Monitor.Wait(_gate, time);
            _enough = 1;
        }
    }

    /// <summary>Waits, but not beyond the closing of the queue.</summary>
    public void Pause(TimeSpan delay) => _closing.Wait(delay);

    /// <summary>From now on nothing is added; what waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closing.Set();
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => _closing.Dispose();
}
