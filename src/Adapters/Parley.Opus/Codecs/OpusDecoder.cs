using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Opus.Native;

namespace Parley.Opus.Codecs;

/// <summary>One stream that libopus decodes.</summary>
internal sealed class OpusDecoder(OpusDecoderHandle handle, int sampleRate) : IOpusDecoder
{
    private readonly short[] _samples = new short[sampleRate / 1_000 * 120];

    public int SampleRate => sampleRate;

    public unsafe ReadOnlySpan<short> Decode(ReadOnlySpan<byte> packet)
    {
        // To the library, nothing means a packet that was lost, and it would make audio up.
        if (packet.IsEmpty) { throw new AudioFormatException("An Opus packet is not empty."); }
        int count;
        fixed (byte* bytes = packet)
        fixed (short* samples = _samples) { count = OpusLibrary.opus_decode(handle, bytes, packet.Length, samples, _samples.Length, correct: 0); }
        return count >= 0 ? _samples.AsSpan(0, count) : throw new AudioFormatException($"This is no Opus packet: {OpusLibrary.Describe(count)}.");
    }

    public void Reset() => OpusLibrary.Reset(handle);

    public void Dispose() => handle.Dispose();
}
