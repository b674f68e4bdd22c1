using Parley.Audio.Codecs;
using Parley.Opus.Native;

namespace Parley.Opus.Codecs;

/// <summary>One stream that libopus encodes, at the bit rate that the library finds right for the frame: 16 to 24 kbit/s.</summary>
internal sealed class OpusEncoder(OpusEncoderHandle handle, int sampleRate, int frameSamples) : IOpusEncoder
{
    // The library makes the packet fit.
    private readonly byte[] _packet = new byte[1_275];
    private readonly short[] _padded = new short[frameSamples];

    public int SampleRate => sampleRate;

    public int FrameSamples => frameSamples;

    public unsafe ReadOnlyMemory<byte> Encode(ReadOnlySpan<short> frame)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, frameSamples, nameof(frame));
        if (frame.Length < frameSamples) { frame = Pad(frame); }
        int length;
        fixed (short* samples = frame)
        fixed (byte* packet = _packet) { length = OpusLibrary.opus_encode(handle, samples, frameSamples, packet, _packet.Length); }
        return length >= 0 ? _packet.AsMemory(0, length) : throw new InvalidOperationException($"libopus: {OpusLibrary.Describe(length)}.");
    }

    public void Reset() => OpusLibrary.Reset(handle);

    public void Dispose() => handle.Dispose();

    private short[] Pad(ReadOnlySpan<short> frame)
    {
        frame.CopyTo(_padded);
        _padded.AsSpan(frame.Length).Clear();
        return _padded;
    }
}
