using System.Buffers.Binary;

namespace Parley.Audio;

/// <summary>What a <c>fmt </c> chunk says, and how its samples become PCM16.</summary>
/// <remarks>Source: Microsoft, "Multiple Channel Audio Data and WAVE Files" (WAVE_FORMAT_EXTENSIBLE), and RFC 2361 for the tags.</remarks>
internal readonly record struct WavFormat(int Channels, int SampleRate, int Bits, bool IsFloat)
{
    private const ushort Pcm = 1, IeeeFloat = 3, Extensible = 0xFFFE;

    // KSDATAFORMAT_SUBTYPE_*: the tag, then these bytes.
    private static ReadOnlySpan<byte> SubtypeTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    public int FrameBytes => Channels * Bits / 8;

    public static WavFormat Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16) { throw new AudioFormatException("The WAV file's format chunk is too short."); }
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == Extensible && chunk.Length >= 40 && chunk[26..40].SequenceEqual(SubtypeTail))
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }
        var known = (tag, bits) is (Pcm, 8 or 16 or 24 or 32) or (IeeeFloat, 32 or 64);
        if (!known)
        {
            throw new AudioFormatException($"The WAV file's encoding (tag 0x{tag:X4}, {bits} bit) is not PCM of 8 to 32 bit or float.");
        }
        if (channels == 0) { throw new AudioFormatException("The WAV file has no channels."); }
        if (rate is < AudioMath.MinRate or > AudioMath.MaxRate)
        {
            throw new AudioFormatException(
                $"The WAV file's sample rate of {rate} Hz is outside {AudioMath.MinRate} to {AudioMath.MaxRate} Hz.");
        }
        return new WavFormat(channels, (int)rate, bits, tag == IeeeFloat);
    }

    /// <summary>Averages the channels of one frame.</summary>
    public short ToMono(ReadOnlySpan<byte> frame)
    {
        var sum = 0d;
        for (var channel = 0; channel < Channels; channel++) { sum += Decode(frame[(channel * Bits / 8)..]); }
        return (short)Math.Clamp(Math.Round(sum / Channels), short.MinValue, short.MaxValue);
    }

    private double Decode(ReadOnlySpan<byte> sample) => (Bits, IsFloat) switch
    {
        (8, _) => (sample[0] - 128) * 256,
        (16, _) => BinaryPrimitives.ReadInt16LittleEndian(sample),
        (24, _) => (sample[0] << 8 | sample[1] << 16 | sample[2] << 24) / 65536d,
        (32, false) => BinaryPrimitives.ReadInt32LittleEndian(sample) / 65536d,
        (32, true) => Finite(BinaryPrimitives.ReadSingleLittleEndian(sample)),
        _ => Finite(BinaryPrimitives.ReadDoubleLittleEndian(sample)),
    };

    // Clamped before channels are averaged, so that one wild value cannot drown the others.
    private static double Finite(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, -1, 1) * 32768;
}
