namespace Parley.Audio;

/// <summary>Cuts audio that comes in pieces of any length into frames of one length. Nothing is lost, and nothing is copied that need not be.</summary>
/// <remarks>
/// <code>while (assembler.TryTake(ref input, out var frame)) { … }</code>
/// Not thread-safe. Holds less than one frame.
/// </remarks>
/// <param name="frameSamples">Samples a frame, at least 1: 512 for a detector's window, 320 for 20 ms at 16 kHz.</param>
public sealed class FrameAssembler(int frameSamples)
{
    private readonly short[] _partial = new short[Positive(frameSamples)];

    public int FrameSamples => _partial.Length;

    /// <summary>Samples that wait for the rest of their frame, 0 to <see cref="FrameSamples"/> − 1.</summary>
    public int Pending { get; private set; }

    /// <summary>Where the next frame begins, in samples since the start.</summary>
    public long Position { get; private set; }

    /// <summary>Takes audio from <paramref name="input"/> until a frame is full or the input is used up.</summary>
    /// <param name="input">Shortened by what was taken.</param>
    /// <param name="frame">
    /// The frame; <see cref="Position"/> − <see cref="FrameSamples"/> is where it began. It may share memory with the input and with this
    /// object: it is valid until the next call.
    /// </param>
    /// <returns>Whether there is a frame; if not, the input is empty and what it held is kept.</returns>
    public bool TryTake(ref ReadOnlyMemory<short> input, out ReadOnlyMemory<short> frame)
    {
        if (Pending == 0 && input.Length >= FrameSamples)
        {
            frame = input[..FrameSamples];
            input = input[FrameSamples..];
            Position += FrameSamples;
            return true;
        }
        var count = Math.Min(input.Length, FrameSamples - Pending);
        input.Span[..count].CopyTo(_partial.AsSpan(Pending));
        input = input[count..];
        Pending += count;
        if (Pending < FrameSamples)
        {
            frame = default;
            return false;
        }
        frame = _partial;
        Pending = 0;
        Position += FrameSamples;
        return true;
    }

    /// <summary>Takes what is left at the end of the audio: less than a frame, perhaps nothing. Valid until the next call.</summary>
    public ReadOnlyMemory<short> TakeRest()
    {
        var rest = _partial.AsMemory(0, Pending);
        Position += Pending;
        Pending = 0;
        return rest;
    }

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(frameSamples));
        return value;
    }
}
