namespace Parley.Audio;

/// <summary>
/// Cuts audio into windows of one length and remembers the last of them, so that a recogniser can be given the first syllable, which was over before speech
/// was detected.
/// </summary>
/// <remarks>
/// <code>while (windows.TryTake(ref input, out var window)) { … }</code>
/// A window is copied once, from the input, and whoever keeps it shares its memory: what an utterance has need not be held twice. Nothing is allocated for
/// windows that nobody keeps. Not thread-safe.
/// </remarks>
public sealed class RecentWindows
{
    /// <summary>Long enough for detection to be late by a word, short enough not to hold the word before.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromMilliseconds(500);

    private readonly int _windowSamples, _sampleRate;
    private readonly long _length;
    // In turn: the window that is being filled or was taken last, and those before it. One that somebody keeps is never written again.
    private readonly Slot[] _slots;
    private int _pending;
    private long _taken, _remembered, _forgotten;

    /// <param name="windowSamples">Samples a window, at least 1.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="length">How much to remember, more than 0 and at most 10 s; 0.5 s if null.</param>
    public RecentWindows(int windowSamples, int sampleRate, TimeSpan? length = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowSamples, 1);
        var span = length ?? DefaultLength;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, nameof(length));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(span, TimeSpan.FromSeconds(10), nameof(length));
        (_windowSamples, _sampleRate) = (windowSamples, sampleRate);
        _length = Math.Max(1, AudioMath.SamplesIn(span, sampleRate));
        _slots = new Slot[((_length + windowSamples - 1) / windowSamples) + 1];
    }

    /// <summary>Takes audio from <paramref name="input"/> until a window is full or the input is used up.</summary>
    /// <param name="input">Shortened by what was taken.</param>
    /// <param name="window">The window, with its place since the first sample; valid until the next call, or for good if it is kept.</param>
    /// <returns>Whether there is a window; if not, the input is empty and what it held stands at the begin of the next.</returns>
    public bool TryTake(ref ReadOnlyMemory<short> input, out AudioFrame window)
    {
        ref var slot = ref SlotOf(_taken);
        if (_pending == 0 && (slot.Samples is null || slot.IsKept)) { slot = new Slot(new short[_windowSamples]); }
        var count = Math.Min(input.Length, _windowSamples - _pending);
        input.Span[..count].CopyTo(slot.Samples.AsSpan(_pending));
        input = input[count..];
        _pending += count;
        if (_pending < _windowSamples)
        {
            window = default;
            return false;
        }
        (_pending, _taken) = (0, _taken + 1);
        window = Frame(_taken - 1, 0);
        return true;
    }

    /// <summary>The window that was taken last, for good.</summary>
    /// <exception cref="InvalidOperationException">None was taken yet.</exception>
    public AudioFrame Keep() => _taken > 0 ? Kept(_taken - 1, 0) : throw new InvalidOperationException("No window was taken yet.");

    /// <summary>The window that was taken last is over: from now on it is remembered.</summary>
    public void Remember() => _remembered = _taken;

    /// <summary>What is remembered, for good, oldest first; the first may be a part of a window.</summary>
    /// <param name="after">Nothing from before this time in the audio is wanted.</param>
    public IReadOnlyList<AudioFrame> Recall(TimeSpan after = default)
    {
        var end = _remembered * _windowSamples;
        var begin = Math.Max(Math.Max(end - _length, _forgotten), AudioMath.SamplesIn(after, _sampleRate));
        var frames = new List<AudioFrame>();
        for (var at = begin; at < end; at = ((at / _windowSamples) + 1) * _windowSamples)
        {
            frames.Add(Kept(at / _windowSamples, (int)(at % _windowSamples)));
        }
        return frames;
    }

    /// <summary>Forgets what is remembered, but not where the audio has come to.</summary>
    public void Forget() => _forgotten = _remembered * _windowSamples;

    private ref Slot SlotOf(long window) => ref _slots[window % _slots.Length];

    private AudioFrame Kept(long window, int from)
    {
        SlotOf(window).IsKept = true;
        return Frame(window, from);
    }

    private AudioFrame Frame(long window, int from) =>
        new(SlotOf(window).Samples.AsMemory(from), _sampleRate, AudioMath.DurationOf((window * _windowSamples) + from, _sampleRate));

    private struct Slot(short[] samples)
    {
        public readonly short[] Samples = samples;
        public bool IsKept;
    }
}
