using Parley.Audio;

using static Parley.Core.Tests.Audio.WavBytes;

namespace Parley.Core.Tests.Audio;

public sealed class WavReaderTests
{
    private static readonly byte[] s_mono16 = Format(1, 1, 16_000, 16);

    [Fact]
    public void Read_Mono16_GivesTheSamples()
    {
        var audio = Read(File(s_mono16, Chunk("data", Pcm16(1, -2, short.MinValue, short.MaxValue))));
        Assert.Equal([1, -2, short.MinValue, short.MaxValue], audio.Samples);
        Assert.Equal((16_000, 1, 16, false), (audio.SampleRate, audio.SourceChannels, audio.SourceBits, audio.SourceIsFloat));
    }

    [Fact]
    public void Read_Stereo_AveragesChannels()
    {
        var audio = Read(File(Format(1, 2, 44_100, 16), Chunk("data", Pcm16(100, 200, -32768, -32768, 32767, 32767))));
        Assert.Equal([150, -32768, 32767], audio.Samples);
        Assert.Equal((44_100, 2), (audio.SampleRate, audio.SourceChannels));
    }

    [Fact]
    public void Read_8Bit_IsUnsigned() =>
        Assert.Equal([-32768, 0, 32512], Read(File(Format(1, 1, 8000, 8), Chunk("data", [0, 128, 255]))).Samples);

    [Fact]
    public void Read_24Bit_KeepsTheUpperBits() =>
        Assert.Equal([0x1234, -1, -32768], Read(File(Format(1, 1, 48_000, 24),
            Chunk("data", [0, 0x34, 0x12, 0, 0xFF, 0xFF, 0, 0, 0x80]))).Samples);

    [Fact]
    public void Read_32Bit_KeepsTheUpperBits() =>
        Assert.Equal([0x1234, -32768], Read(File(Format(1, 1, 16_000, 32), Chunk("data", [0, 0, 0x34, 0x12, 0, 0, 0, 0x80]))).Samples);

    [Fact]
    public void Read_Float32_ScalesClampsAndSilencesNaN()
    {
        float[] values = [0.5f, -1, 7, float.NaN, float.NegativeInfinity];
        var audio = Read(File(Format(3, 1, 16_000, 32), Chunk("data", [.. values.SelectMany(BitConverter.GetBytes)])));
        Assert.Equal([16384, -32768, 32767, 0, -32768], audio.Samples);
        Assert.True(audio.SourceIsFloat);
    }

    [Fact]
    public void Read_Float64_Scales()
    {
        double[] values = [0.5, -0.25];
        Assert.Equal([16384, -8192],
            Read(File(Format(3, 1, 16_000, 64), Chunk("data", [.. values.SelectMany(BitConverter.GetBytes)]))).Samples);
    }

    [Fact]
    public void Read_Extensible_TakesTheSubFormat()
    {
        var pcm = File(Format(0xFFFE, 1, 16_000, 16, extensibleTag: 1), Chunk("data", Pcm16(5)));
        var floats = File(Format(0xFFFE, 1, 16_000, 32, extensibleTag: 3), Chunk("data", BitConverter.GetBytes(0.5f)));
        Assert.Equal([5], Read(pcm).Samples);
        Assert.Equal([16384], Read(floats).Samples);
    }

    [Fact]
    public void Read_OddChunksBeforeFormat_AreSkippedWithTheirPadding() =>
        Assert.Equal([5, 6], Read(File(Chunk("LIST", [1, 2, 3]), s_mono16, Chunk("fact", [9]), Chunk("data", Pcm16(5, 6)))).Samples);

    [Fact]
    public void Read_TruncatedData_GivesWholeFramesThatAreThere() =>
        Assert.Equal([5, 6], Read(File(s_mono16, Chunk("data", [.. Pcm16(5, 6), 1], length: 9000))[..^1]).Samples);

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(0u, 0u)]
    [InlineData(36u, 0u)]
    [InlineData(uint.MaxValue, 0u)]
    [InlineData(0x7FFFF024u, 0x7FFFF000u)]
    public void Read_StreamingLengths_MeanToTheEnd(uint riff, uint data) =>
        Assert.Equal([5, 6, 7], Read(File(riff, s_mono16, Chunk("data", Pcm16(5, 6, 7), data))).Samples);

    [Fact]
    public void Read_ForwardOnlyStreamInSmallReads_GivesTheSamples()
    {
        var samples = Enumerable.Range(0, 50_000).Select(i => (short)i).ToArray();
        using var stream = new TrickleStream(File(Chunk("LIST", new byte[1001]), s_mono16, Chunk("data", Pcm16(samples))));
        Assert.Equal(samples, WavReader.Read(stream).Samples);
    }

    [Fact]
    public void Read_EmptyDataFollowedByList_HoldsNoAudio() =>
        AssertRejected("no audio", File(s_mono16, Chunk("data", []), Chunk("LIST", new byte[20])));

    [Fact]
    public void Read_Unreadable_SaysWhyInOneSentence()
    {
        AssertRejected("empty", []);
        AssertRejected("not a WAV", "RIFF"u8.ToArray());
        AssertRejected("not a WAV", "ID3 this is some other kind of file, perhaps music"u8.ToArray());
        AssertRejected("no format", File());
        AssertRejected("no audio", File(s_mono16));
        AssertRejected("no audio", File(s_mono16, Chunk("data", [])));
        AssertRejected("no audio", File(s_mono16, Chunk("data", [1])));
        AssertRejected("before its format", File(Chunk("data", Pcm16(1)), s_mono16));
        AssertRejected("too short", File(Chunk("fmt ", [1, 0, 1, 0])));
        AssertRejected("encoding", File(Format(6, 1, 8000, 8), Chunk("data", [1])));
        AssertRejected("encoding", File(Format(1, 1, 8000, 12), Chunk("data", [1])));
        AssertRejected("no channels", File(Format(1, 0, 8000, 16), Chunk("data", Pcm16(1))));
        AssertRejected("sample rate", File(Format(1, 1, 96_000, 16), Chunk("data", Pcm16(1))));
        AssertRejected("sample rate", File(Format(1, 1, 0, 16), Chunk("data", Pcm16(1))));
    }

    [Fact]
    public void Read_LongerThanAllowed_IsRejected()
    {
        var second = File(s_mono16, Chunk("data", new byte[32_000]));
        Assert.Equal(16_000, WavReader.Read(new MemoryStream(second), TimeSpan.FromSeconds(1)).Samples.Length);
        Assert.Contains("longer", Assert.Throws<AudioFormatException>(
            () => WavReader.Read(new MemoryStream(second), TimeSpan.FromSeconds(0.9))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyDamage_GivesAudioOrAnAudioFormatException()
    {
        var good = File(Chunk("LIST", [1, 2, 3]), Format(0xFFFE, 2, 16_000, 24, extensibleTag: 1), Chunk("data", new byte[600]));
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var bytes = good.AsSpan(0, random.Next(good.Length + 1)).ToArray();
            for (var i = random.Next(4); i > 0 && bytes.Length > 0; i--) { bytes[random.Next(Math.Min(100, bytes.Length))] = (byte)random.Next(256); }
            try { Assert.True(Read(bytes).Samples.Length > 0, $"seed {seed}"); }
            catch (AudioFormatException e) { Assert.EndsWith(".", e.Message.Replace(").", ".", StringComparison.Ordinal), StringComparison.Ordinal); }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException) { Assert.Fail($"seed {seed}: {e}"); }
        }
    }

    private static WavAudio Read(byte[] bytes) => WavReader.Read(new MemoryStream(bytes));

    private static void AssertRejected(string reason, byte[] bytes)
    {
        var error = Assert.Throws<AudioFormatException>(() => Read(bytes));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A stream as a network gives it: no seeking, few bytes at a time.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));
    }
}
