namespace Parley.PocketSphinx.Asr;

/// <summary>The samples of an utterance that nobody has analysed yet, up to a length and up to a mark. Thread-safe.</summary>
/// <param name="capacity">Samples of the whole utterance that are kept; what comes after them is dropped.</param>
internal sealed class UtteranceAudio(int capacity)
{
    private readonly Lock _gate = new();
    private readonly List<short> _pending = [];
    private int _written;
    private int _mark = -1;

    public void Append(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            var room = Math.Min(samples.Length, capacity - _written);
            _pending.AddRange(samples[..room]);
            _written += room;
        }
    }

    /// <summary>Holds back what is written from now on.</summary>
    public void Mark()
    {
        lock (_gate) { _mark = _written; }
    }

    /// <summary>Lets go what <see cref="Mark"/> held back.</summary>
    public void Unmark()
    {
        lock (_gate) { _mark = -1; }
    }

    /// <summary>Takes what is there, up to the mark.</summary>
    public short[] Take()
    {
        lock (_gate)
        {
            var count = _mark < 0 ? _pending.Count : _mark - (_written - _pending.Count);
            var samples = _pending.GetRange(0, count).ToArray();
            _pending.RemoveRange(0, count);
            return samples;
        }
    }
}
