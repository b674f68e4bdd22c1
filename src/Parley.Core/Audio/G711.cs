using System.Numerics;

namespace Parley.Audio;

/// <summary>The two codes of telephony, ITU-T G.711: a byte a sample at 8 kHz, finer for quiet samples than for loud ones.</summary>
/// <remarks>Thread-safe: tables that nobody writes to.</remarks>
public static class G711
{
    /// <summary>Samples a second of both codes.</summary>
    public const int SampleRate = 8_000;

    private const int MuLawBias = 132, MuLawMax = 32_635;

    private static readonly short[] s_muLaw = [.. Enumerable.Range(0, 256).Select(code => DecodeMuLaw((byte)code))];
    private static readonly short[] s_aLaw = [.. Enumerable.Range(0, 256).Select(code => DecodeALaw((byte)code))];

    /// <summary>Decodes μ-law, the code of North America and Japan, one sample a byte.</summary>
    public static void DecodeMuLaw(ReadOnlySpan<byte> codes, Span<short> samples) => Look(s_muLaw, codes, samples);

    /// <summary>Decodes A-law, the code of the rest of the world, one sample a byte.</summary>
    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> samples) => Look(s_aLaw, codes, samples);

    /// <summary>Encodes μ-law.</summary>
    public static void EncodeMuLaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        for (var i = 0; i < samples.Length; i++) { codes[i] = EncodeMuLaw(samples[i]); }
    }

    /// <summary>Encodes A-law.</summary>
    public static void EncodeALaw(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        for (var i = 0; i < samples.Length; i++) { codes[i] = EncodeALaw(samples[i]); }
    }

    private static void Look(short[] table, ReadOnlySpan<byte> codes, Span<short> samples)
    {
        for (var i = 0; i < codes.Length; i++) { samples[i] = table[codes[i]]; }
    }

    // A code is a sign, the number of a segment, each twice as wide as the one before, and one of 16 steps in it; all bits are inverted.
    private static short DecodeMuLaw(byte code)
    {
        var bits = ~code;
        var magnitude = ((((bits & 0x0F) << 3) + MuLawBias) << ((bits & 0x70) >> 4)) - MuLawBias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static byte EncodeMuLaw(short sample)
    {
        var magnitude = Math.Min(Math.Abs((int)sample), MuLawMax) + MuLawBias;
        var segment = BitOperations.Log2((uint)magnitude) - 7;
        return (byte)~((sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F));
    }

    // The same, but that the two lowest segments are equally wide, a set sign is positive, and every other bit is inverted.
    private static short DecodeALaw(byte code)
    {
        var bits = code ^ 0x55;
        var segment = (bits & 0x70) >> 4;
        var magnitude = ((bits & 0x0F) << 4) + 8;
        if (segment > 0) { magnitude = (magnitude + 0x100) << (segment - 1); }
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte EncodeALaw(short sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) >> 3;
        var segment = magnitude < 32 ? 0 : BitOperations.Log2((uint)magnitude) - 4;
        var code = (segment << 4) | ((magnitude >> Math.Max(1, segment)) & 0x0F);
        return (byte)(code ^ (sample < 0 ? 0x55 : 0xD5));
    }
}
