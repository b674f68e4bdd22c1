using System.Buffers.Binary;
using System.Text;

namespace Parley.Core.Tests.Audio;

/// <summary>Builds WAV files byte by byte, right and wrong ones.</summary>
internal static class WavBytes
{
    public static byte[] File(params byte[][] chunks) => File(null, chunks);

    public static byte[] File(uint? riffLength, params byte[][] chunks)
    {
        var body = chunks.SelectMany(c => c).ToArray();
        return [.. "RIFF"u8, .. UInt32(riffLength ?? (uint)(body.Length + 4)), .. "WAVE"u8, .. body];
    }

    public static byte[] Chunk(string id, byte[] content, uint? length = null) =>
        [.. Encoding.ASCII.GetBytes(id), .. UInt32(length ?? (uint)content.Length), .. content, .. content.Length % 2 == 0 ? [] : new byte[1]];

    public static byte[] Format(int tag, int channels, int rate, int bits, int? extensibleTag = null)
    {
        byte[] basic =
        [
            .. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * channels * bits / 8)),
            .. UInt16(channels * bits / 8), .. UInt16(bits),
        ];
        return Chunk("fmt ", extensibleTag is { } sub
            ? [.. basic, .. UInt16(22), .. UInt16(bits), .. UInt32(3), .. UInt16(sub),
                0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
            : basic);
    }

    public static byte[] Pcm16(params short[] samples) => [.. samples.SelectMany(s => UInt16((ushort)s))];

    private static byte[] UInt16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
