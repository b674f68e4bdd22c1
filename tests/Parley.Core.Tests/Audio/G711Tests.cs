using Parley.Audio;

namespace Parley.Core.Tests.Audio;

public sealed class G711Tests
{
    /// <summary>Decision values of ITU-T G.711, tables 2a and 1a, as 16-bit samples: both ends, zero, and the first step of each segment.</summary>
    [Theory]
    [InlineData(0xFF, 0), InlineData(0x7F, 0), InlineData(0x80, 32_124), InlineData(0x00, -32_124)]
    [InlineData(0xEF, 132), InlineData(0xDF, 396), InlineData(0xCF, 924), InlineData(0xBF, 1_980), InlineData(0xAF, 4_092), InlineData(0x9F, 8_316), InlineData(0x8F, 16_764)]
    public void DecodeMuLaw_Code_IsTheTables(byte code, short sample)
    {
        var samples = new short[1];
        G711.DecodeMuLaw([code], samples);
        Assert.Equal(sample, samples[0]);
    }

    [Theory]
    [InlineData(0xD5, 8), InlineData(0x55, -8), InlineData(0xAA, 32_256), InlineData(0x2A, -32_256)]
    [InlineData(0xC5, 264), InlineData(0xF5, 528), InlineData(0xE5, 1_056), InlineData(0x95, 2_112), InlineData(0x85, 4_224), InlineData(0xB5, 8_448), InlineData(0xA5, 16_896)]
    public void DecodeALaw_Code_IsTheTables(byte code, short sample)
    {
        var samples = new short[1];
        G711.DecodeALaw([code], samples);
        Assert.Equal(sample, samples[0]);
    }

    [Fact]
    public void Encode_WhatEachCodeDecodesTo_IsTheCodeAgain()
    {
        byte[] codes = [.. Enumerable.Range(0, 256).Select(c => (byte)c)], again = new byte[256];
        var samples = new short[256];

        G711.DecodeMuLaw(codes, samples);
        G711.EncodeMuLaw(samples, again);
        // μ-law has two zeros; the encoder gives the positive one.
        Assert.Equal(codes.Select(c => c == 0x7F ? (byte)0xFF : c), again);

        G711.DecodeALaw(codes, samples);
        G711.EncodeALaw(samples, again);
        Assert.Equal(codes, again);
    }

    [Fact]
    public void Encode_EverySample_DecodesToItsNeighbourhood()
    {
        short[] samples = [.. Enumerable.Range(short.MinValue, 65_536).Select(s => (short)s)], decoded = new short[65_536];
        var codes = new byte[65_536];

        G711.EncodeMuLaw(samples, codes);
        G711.DecodeMuLaw(codes, decoded);
        Assert.All(samples.Zip(decoded), p => Assert.InRange(Math.Abs(p.First - p.Second), 0, Math.Abs((int)p.First) / 32 + 8 + Math.Max(0, Math.Abs((int)p.First) - 32_124)));

        G711.EncodeALaw(samples, codes);
        G711.DecodeALaw(codes, decoded);
        Assert.All(samples.Zip(decoded), p => Assert.InRange(Math.Abs(p.First - p.Second), 0, Math.Abs((int)p.First) / 32 + 16));
    }
}
