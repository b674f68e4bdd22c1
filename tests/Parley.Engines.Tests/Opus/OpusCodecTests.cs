using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Opus.Codecs;

namespace Parley.Engines.Tests.Opus;

public sealed class OpusCodecTests
{
    private static readonly OpusCodec s_codec = new();

    [Theory]
    [InlineData(16_000, 120)]
    [InlineData(16_000, 60)]
    [InlineData(24_000, 60)]
    [InlineData(48_000, 20)]
    [InlineData(8_000, 40)]
    public void Encode_ThenDecode_KeepsDurationPitchAndLoudness(int rate, int frameMs)
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(rate, TimeSpan.FromMilliseconds(frameMs));
        using var decoder = s_codec.OpenDecoder(rate);
        var (tone, decoded) = (Tone(rate, seconds: 1.2), new List<short>());
        foreach (var frame in tone.Chunk(encoder.FrameSamples)) { decoded.AddRange(decoder.Decode(encoder.Encode(frame).Span)); }

        Assert.Equal(rate / 1_000 * frameMs, encoder.FrameSamples);
        Assert.Equal(tone.Length, decoded.Count);
        Assert.InRange(Rms(decoded) / Rms(tone), 0.85, 1.15);
        Assert.InRange(Pitch(decoded, rate), 430, 450);
    }

    [Fact]
    public void Encode_ShortFrame_IsFilledWithSilence()
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(16_000, TimeSpan.FromMilliseconds(120));
        using var decoder = s_codec.OpenDecoder(16_000);
        var decoded = decoder.Decode(encoder.Encode(Tone(16_000, seconds: 0.03)).Span).ToArray();

        Assert.Equal(1_920, decoded.Length);
        Assert.True(Rms(decoded[1_000..]) < Rms(decoded[..480]) / 10);
    }

    [Fact]
    public void Encode_NoisyFrame_FitsADevice()
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(16_000, TimeSpan.FromMilliseconds(120));
        var noise = new short[1_920];
        var random = new Random(5);
        for (var i = 0; i < noise.Length; i++) { noise[i] = (short)random.Next(short.MinValue, short.MaxValue); }
        Assert.InRange(encoder.Encode(noise).Length, 100, 1_275);
    }

    [Fact]
    public void Encode_TooLongFrame_IsRefused()
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(16_000, TimeSpan.FromMilliseconds(20));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(new short[321]));
    }

    [Fact]
    public void Reset_SameAudioAgain_GivesTheSamePackets()
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(16_000, TimeSpan.FromMilliseconds(60));
        var first = Encode(encoder, Tone(16_000, seconds: 0.6));
        encoder.Reset();
        Assert.Equal(first, Encode(encoder, Tone(16_000, seconds: 0.6)));
    }

    [Fact]
    public void Decode_OtherRateAndFrame_IsReadAllTheSame()
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(24_000, TimeSpan.FromMilliseconds(60));
        using var decoder = s_codec.OpenDecoder(16_000);
        Assert.Equal(960, decoder.Decode(encoder.Encode(Tone(24_000, seconds: 0.06)).Span).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("0BFF00")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    public void Decode_Garbage_IsRefusedAndTheNextPacketIsRead(string hex)
    {
        RequireLibrary();
        using var encoder = s_codec.OpenEncoder(16_000, TimeSpan.FromMilliseconds(60));
        using var decoder = s_codec.OpenDecoder(16_000);
        var good = encoder.Encode(Tone(16_000, seconds: 0.06)).ToArray();

        Assert.Throws<AudioFormatException>(() => { decoder.Decode(Convert.FromHexString(hex)); });
        Assert.Equal(960, decoder.Decode(good).Length);
    }

    [Fact]
    public void Decode_RandomBytes_NeverCrashes()
    {
        RequireLibrary();
        using var decoder = s_codec.OpenDecoder(16_000);
        var (random, refused) = (new Random(11), 0);
        for (var i = 0; i < 2_000; i++)
        {
            var packet = new byte[random.Next(1, 400)];
            random.NextBytes(packet);
            try
            {
                Assert.InRange(decoder.Decode(packet).Length, 0, 1_920);
            }
            catch (AudioFormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1, 2_000);
    }

    [Fact]
    public void Open_RateOrFrameThatOpusLacks_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => s_codec.OpenEncoder(22_050, TimeSpan.FromMilliseconds(20)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_codec.OpenEncoder(16_000, TimeSpan.FromMilliseconds(25)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_codec.OpenDecoder(44_100));
    }

    [Fact]
    public void Probe_Library_NamesItsVersionOrItsPackage()
    {
        var status = s_codec.Probe();
        Assert.True(status.Available ? status.Version.Length > 0 : status.Remedy!.Contains("libopus0", StringComparison.Ordinal));
    }

    private static void RequireLibrary() => Assert.SkipUnless(s_codec.Probe().Available, "libopus0 is not installed.");

    private static byte[][] Encode(IOpusEncoder encoder, short[] samples) =>
        [.. samples.Chunk(encoder.FrameSamples).Select(frame => encoder.Encode(frame).ToArray())];

    private static short[] Tone(int rate, double seconds)
    {
        var samples = new short[(int)(rate * seconds)];
        for (var i = 0; i < samples.Length; i++) { samples[i] = (short)(9_000 * Math.Sin(2 * Math.PI * 440 * i / rate)); }
        return samples;
    }

    private static double Rms(IReadOnlyCollection<short> samples) => Math.Sqrt(samples.Average(s => (double)s * s));

    /// <summary>Upward crossings of zero a second, in the middle.</summary>
    private static double Pitch(List<short> samples, int rate)
    {
        var middle = samples.Skip(samples.Count / 4).Take(samples.Count / 2).ToArray();
        return middle.Zip(middle.Skip(1)).Count(pair => pair.First < 0 && pair.Second >= 0) * (double)rate / middle.Length;
    }
}
