using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Parley.Audio;

/// <summary>PCM16 little endian, as it stands on every wire that Parley speaks.</summary>
public static class Pcm16
{
    /// <summary>Reads samples.</summary>
    /// <exception cref="ArgumentException">The length is odd.</exception>
    public static short[] ToSamples(ReadOnlySpan<byte> bytes)
    {
        var samples = new short[bytes.Length / 2];
        Read(bytes, samples);
        return samples;
    }

    /// <summary>Reads samples into <paramref name="destination"/>, which holds at least one for every two bytes.</summary>
    /// <exception cref="ArgumentException">The length is odd.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, Span<short> destination)
    {
        if (bytes.Length % 2 != 0) { throw new ArgumentException("PCM16 has an even number of bytes.", nameof(bytes)); }
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        if (BitConverter.IsLittleEndian) { samples.CopyTo(destination); } else { BinaryPrimitives.ReverseEndianness(samples, destination); }
    }

    /// <summary>Writes samples into <paramref name="destination"/>, which holds at least two bytes a sample.</summary>
    public static void Write(ReadOnlySpan<short> samples, Span<byte> destination)
    {
        var target = MemoryMarshal.Cast<byte, short>(destination)[..samples.Length];
        if (BitConverter.IsLittleEndian) { samples.CopyTo(target); } else { BinaryPrimitives.ReverseEndianness(samples, target); }
    }

    public static byte[] ToBytes(ReadOnlySpan<short> samples)
    {
        var bytes = new byte[samples.Length * 2];
        Write(samples, bytes);
        return bytes;
    }
}
