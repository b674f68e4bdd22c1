namespace Parley.Audio;

/// <summary>
/// Remembers the last stretch of audio, so that a recogniser can be given the first syllable, which was over before speech was detected.
/// </summary>
/// <remarks>Not thread-safe. Writing allocates nothing.</remarks>
public sealed class PreRollBuffer
{
    /// <summary>Long enough for detection to be late by a word, short enough not to hold the word before.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromMilliseconds(500);

    private readonly short[] _ring;
    private int _next;

    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="length">How much to remember, more than 0 and at most 10 s; 0.5 s if null.</param>
    public PreRollBuffer(int sampleRate, TimeSpan? length = null)
    {
        var span = length ?? DefaultLength;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, nameof(length));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, TimeSpan.FromSeconds(10), nameof(length));
        _ring = new short[Math.Max(1, AudioMath.SamplesIn(span, sampleRate))];
    }

    public int Capacity => _ring.Length;

    /// <summary>Samples held now.</summary>
    public int Count { get; private set; }

    /// <summary>Samples written since the start: the position just after the newest sample.</summary>
    public long EndPosition { get; private set; }

    /// <summary>The position of the oldest sample held.</summary>
    public long StartPosition => EndPosition - Count;

    public void Write(ReadOnlySpan<short> samples)
    {
        EndPosition += samples.Length;
        if (samples.Length > Capacity) { samples = samples[^Capacity..]; }
        var first = Math.Min(samples.Length, Capacity - _next);
        samples[..first].CopyTo(_ring.AsSpan(_next));
        samples[first..].CopyTo(_ring);
        _next = (_next + samples.Length) % Capacity;
        Count = Math.Min(Capacity, Count + samples.Length);
    }

    /// <summary>Copies the newest <paramref name="count"/> samples, or as many as are held, oldest first.</summary>
    public short[] Last(int count)
    {
        count = Math.Clamp(count, 0, Count);
        var result = new short[count];
        var start = (_next - count + Capacity) % Capacity;
        var first = Math.Min(count, Capacity - start);
        _ring.AsSpan(start, first).CopyTo(result);
        _ring.AsSpan(0, count - first).CopyTo(result.AsSpan(first));
        return result;
    }

    /// <summary>Copies all that is held, oldest first.</summary>
    public short[] ToArray() => Last(Count);

    /// <summary>Forgets the audio, but not the position.</summary>
    public void Clear() => (Count, _next) = (0, 0);
}
