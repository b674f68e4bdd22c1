using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.SndFile.Codecs;

namespace Parley.Engines.Tests.SndFile;

public sealed class SndFileCodecTests
{
    private const double Seconds = 2.5;

    private static readonly AudioCodecs s_codecs = new([SndFileEngine.Registration()]);

    public static TheoryData<AudioFormat, int> FormatsAndRates
    {
        get
        {
            var data = new TheoryData<AudioFormat, int>();
            foreach (var format in new[] { AudioFormat.Wav, AudioFormat.Flac, AudioFormat.Opus, AudioFormat.Mp3 })
            {
                foreach (var rate in new[] { 8_000, 16_000, 22_050, 24_000, 48_000 }) { data.Add(format, rate); }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FormatsAndRates))]
    public void Encode_ThenDecode_KeepsDurationPitchAndLoudness(AudioFormat format, int rate)
    {
        RequireLibrary();
        var tone = Tone(rate);
        var decoded = Decode(Encode(format, rate, tone, seekable: true));

        // MP3 keeps the encoder's delay and fills its last frame.
        Assert.InRange(decoded.Samples.Length / (double)decoded.Rate, Seconds - 0.03, Seconds + (format == AudioFormat.Mp3 ? 0.2 : 0.03));
        Assert.InRange(Rms(decoded.Samples) / Rms(tone), 0.9, 1.1);
        Assert.InRange(Pitch(decoded.Samples, decoded.Rate), 430, 450);
    }

    [Theory]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    public void Encode_OutputThatCannotSeek_PlaysAsWell(AudioFormat format)
    {
        RequireLibrary();
        var decoded = Decode(Encode(format, 24_000, Tone(24_000), seekable: false));
        Assert.InRange(decoded.Samples.Length / (double)decoded.Rate, Seconds - 0.03, Seconds + 0.25);
        Assert.InRange(Pitch(decoded.Samples, decoded.Rate), 430, 450);
    }

    [Theory]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    public void Write_AClause_LeavesBeforeTheNextOne(AudioFormat format)
    {
        RequireLibrary();
        using var output = new MemoryStream();
        using var encoder = s_codecs.OpenEncoder(format, 24_000, output);
        encoder.Write(Tone(24_000).AsSpan(0, 24_000));
        var after = output.Length;
        encoder.Write(Tone(24_000).AsSpan(0, 24_000));

        Assert.InRange(after, 1_000, output.Length - 1_000);
    }

    [Fact]
    public void Encode_ByteForByte_IsTheSameHoweverItIsCut()
    {
        RequireLibrary();
        var tone = Tone(24_000);
        using var output = new MemoryStream();
        using (var encoder = s_codecs.OpenEncoder(AudioFormat.Flac, 24_000, output))
        {
            foreach (var piece in tone.Chunk(777)) { encoder.Write(piece); }
            encoder.Finish();
        }
        Assert.Equal(Encode(AudioFormat.Flac, 24_000, tone, seekable: true), output.ToArray());
        Assert.Equal(tone, Decode(output.ToArray()).Samples);
    }

    [Fact]
    public void OpenEncoder_Aac_SaysWhatThereIs()
    {
        RequireLibrary();
        var refused = Assert.Throws<AudioFormatException>(() => s_codecs.OpenEncoder(AudioFormat.Aac, 24_000, Stream.Null));
        Assert.Equal("There is no encoder for aac here; there is wav, pcm, flac, opus, mp3.", refused.Message);
    }

    [Theory]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    public void Decode_CutShort_GivesWhatIsThere(AudioFormat format)
    {
        RequireLibrary();
        var file = Encode(format, 16_000, Tone(16_000), seekable: true);
        var decoded = Decode(file[..(file.Length * 2 / 3)]);
        Assert.InRange(decoded.Samples.Length / (double)decoded.Rate, 0.5, Seconds);
    }

    [Fact]
    public void Decode_Damaged_NeverCrashes()
    {
        RequireLibrary();
        var random = new Random(7);
        var read = 0;
        foreach (var format in new[] { AudioFormat.Flac, AudioFormat.Opus, AudioFormat.Mp3, AudioFormat.Wav })
        {
            var file = Encode(format, 16_000, Tone(16_000), seekable: true);
            for (var i = 0; i < 100; i++)
            {
                var damaged = (byte[])file.Clone();
                for (var j = 0; j < 20; j++) { damaged[random.Next(damaged.Length)] = (byte)random.Next(256); }
                try
                {
                    read += Decode(damaged).Samples.Length > 0 ? 1 : 0;
                }
                catch (AudioFormatException)
                {
                    // A sentence is as good.
                }
            }
        }
        Assert.InRange(read, 1, 400);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("hello, this is a text and no audio at all")]
    [InlineData("ID3 with nothing that would follow it")]
    [InlineData("OggS with nothing that would follow it")]
    [InlineData("fLaC with nothing that would follow it")]
    [InlineData("RIFF\u0001\u0001\u0001\u0001WAVEfmt nothing")]
    public void OpenDecoder_NoAudio_IsRefused(string content)
    {
        using var stream = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Throws<AudioFormatException>(() => s_codecs.OpenDecoder(stream));
    }

    [Fact]
    public void Write_OutputFails_ThrowsInsteadOfCrashing()
    {
        RequireLibrary();
        using var output = new BrokenStream();
        using var encoder = s_codecs.OpenEncoder(AudioFormat.Mp3, 24_000, output);
        Assert.Throws<IOException>(() =>
        {
            encoder.Write(Tone(24_000));
            encoder.Finish();
        });
    }

    [Fact]
    public void Probe_Library_NamesItsVersionOrItsPackage()
    {
        var status = SndFileEngine.Probe();
        Assert.True(status.Available ? status.Version.Length > 0 : status.Remedy!.Contains("libsndfile1", StringComparison.Ordinal));
    }

    private static void RequireLibrary() => Assert.SkipUnless(SndFileEngine.Probe().Available, "libsndfile1 is not installed.");

    private static short[] Tone(int rate)
    {
        var samples = new short[(int)(rate * Seconds)];
        for (var i = 0; i < samples.Length; i++) { samples[i] = (short)(9_000 * Math.Sin(2 * Math.PI * 440 * i / rate)); }
        return samples;
    }

    private static byte[] Encode(AudioFormat format, int rate, short[] samples, bool seekable)
    {
        using var output = seekable ? new MemoryStream() : new ForwardStream();
        using (var encoder = s_codecs.OpenEncoder(format, rate, output))
        {
            foreach (var piece in samples.Chunk(rate / 10)) { encoder.Write(piece); }
            encoder.Finish();
        }
        return output.ToArray();
    }

    private static (short[] Samples, int Rate) Decode(byte[] file)
    {
        using var input = new MemoryStream(file);
        using var decoder = s_codecs.OpenDecoder(input);
        var (samples, block) = (new List<short>(), new short[1_000]);
        while (decoder.Read(block) is > 0 and var count) { samples.AddRange(block.AsSpan(0, count)); }
        return (samples.ToArray(), decoder.SampleRate);
    }

    private static double Rms(short[] samples) => Math.Sqrt(samples.Average(s => (double)s * s));

    /// <summary>Upward crossings of zero a second, in the middle, where no encoder fades.</summary>
    private static double Pitch(short[] samples, int rate)
    {
        var middle = samples.AsSpan(samples.Length / 4, samples.Length / 2);
        var crossings = 0;
        for (var i = 1; i < middle.Length; i++) { if (middle[i - 1] < 0 && middle[i] >= 0) { crossings++; } }
        return crossings * (double)rate / middle.Length;
    }

    private sealed class ForwardStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("The disk is full.");
    }
}
