using Parley.Audio;


namespace Parley.Core.Tests.Audio;

public sealed class ResamplerTests
{
    private const double Amplitude = 16_000;

    public static TheoryData<int, int> RatePairs => new()
    {
        { 8000, 16000 }, { 11025, 16000 }, { 22050, 16000 }, { 24000, 16000 }, { 44100, 16000 }, { 48000, 16000 },
        { 16000, 24000 }, { 16000, 48000 }, { 48000, 8000 }, { 12345, 16001 },
    };

    [Theory]
    [MemberData(nameof(RatePairs))]
    public void Convert_SineInPassBand_KeepsLevelAndAddsNothing(int from, int to)
    {
        foreach (var fraction in new[] { 0.01, 0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9 })
        {
            var frequency = fraction * Math.Min(from, to) / 2;
            var output = Resampler.Convert(Sine(frequency, from), from, to);
            var (gain, residual) = Fit(Middle(output), frequency, to);
            Assert.InRange(20 * Math.Log10(gain), -0.01, 0.01);
            Assert.True(residual < -75, $"{frequency:0} Hz leaves {residual:0.0} dB of images and aliases");
        }
    }

    [Theory]
    [InlineData(22050, 16000)]
    [InlineData(24000, 16000)]
    [InlineData(44100, 16000)]
    [InlineData(48000, 16000)]
    [InlineData(48000, 8000)]
    [InlineData(47999, 8001)]
    public void Convert_SineAboveOutputNyquist_IsRemoved(int from, int to)
    {
        for (var frequency = to / 2d * 1.01; frequency < from / 2d; frequency *= 1.07)
        {
            var output = Middle(Resampler.Convert(Sine(frequency, from), from, to));
            var level = 20 * Math.Log10((Rms(output) + 1e-9) / (Amplitude / Math.Sqrt(2)));
            Assert.True(level < -75, $"{frequency:0} Hz leaves an alias of {level:0.0} dB");
        }
    }

    [Theory]
    [MemberData(nameof(RatePairs))]
    public void Process_AnyChunks_EqualsWhole(int from, int to)
    {
        var random = new Random(7);
        var input = new short[20_000];
        foreach (ref var sample in input.AsSpan()) { sample = (short)random.Next(short.MinValue, short.MaxValue + 1); }
        var whole = Resampler.Convert(input, from, to);

        var resampler = new Resampler(from, to);
        for (var pass = 0; pass < 2; pass++)
        {
            var chunked = new List<short>();
            var buffer = new short[resampler.MaxOutput(4000)];
            for (var at = 0; at < input.Length;)
            {
                var count = Math.Min(random.Next(0, random.Next(2) == 0 ? 10 : 4000), input.Length - at);
                var room = buffer.AsSpan(0, resampler.MaxOutput(count));
                chunked.AddRange(room[..resampler.Process(input.AsSpan(at, count), room)]);
                at += count;
            }
            chunked.AddRange(buffer.AsSpan(0, resampler.Flush(buffer.AsSpan(0, resampler.MaxOutput(0)))));
            Assert.Equal(whole, chunked);
        }
    }

    [Theory]
    [MemberData(nameof(RatePairs))]
    public void Convert_AnyLength_GivesRoundedLength(int from, int to)
    {
        foreach (var length in new[] { 0, 1, 2, 7, 160, 319, 1024, 9999 })
        {
            var expected = (int)Math.Floor((double)length * to / from + 0.5);
            Assert.Equal(expected, Resampler.Convert(new short[length], from, to).Length);
        }
    }

    [Theory]
    [MemberData(nameof(RatePairs))]
    public void Convert_Impulse_StaysAtItsTime(int from, int to)
    {
        var input = new short[from];
        var at = from / 2;
        input[at] = short.MaxValue;
        var output = Resampler.Convert(input, from, to);
        var peak = Array.IndexOf(output, output.Max());
        Assert.InRange(Math.Abs((double)peak / to - (double)at / from), 0, 0.5 / Math.Min(from, to) + 1e-9);
    }

    [Fact]
    public void Process_AfterLatency_HoldsBackNoMore()
    {
        var resampler = new Resampler(48_000, 16_000);
        var written = resampler.Process(new short[48_000], new short[resampler.MaxOutput(48_000)]);
        Assert.InRange(resampler.Latency, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(4));
        Assert.InRange(16_000 - written, 0, AudioMath.SamplesIn(resampler.Latency, 16_000) + 1);
    }

    [Fact]
    public void Process_EqualRates_PassesThrough()
    {
        short[] input = [1, -2, short.MinValue, short.MaxValue];
        Assert.Equal(input, Resampler.Convert(input, 16_000, 16_000));
        Assert.Equal(TimeSpan.Zero, new Resampler(16_000, 16_000).Latency);
    }

    [Fact]
    public void Process_FullScaleSquare_SaturatesInsteadOfWrapping()
    {
        var input = Enumerable.Range(0, 8000).Select(i => i / 40 % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();
        var output = Resampler.Convert(input, 8000, 16_000);
        for (var i = 1000; i < 7000; i++)
        {
            var into = i % 80;
            if (into is > 20 and < 60) { Assert.True(Math.Abs((int)output[i]) > 30_000); }
        }
    }

    [Fact]
    public void Process_SteadyState_AllocatesNothing()
    {
        var resampler = new Resampler(48_000, 16_000);
        var input = new short[960];
        var output = new short[resampler.MaxOutput(960)];
        resampler.Process(input, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { resampler.Process(input, output); }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Process_OutputTooShort_Throws()
    {
        var resampler = new Resampler(8000, 16_000);
        Assert.Throws<ArgumentException>(() => resampler.Process(new short[100], new short[100]));
    }

    [Theory]
    [InlineData(7999, 16_000)]
    [InlineData(16_000, 48_001)]
    public void Constructor_RateOutOfRange_Throws(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(from, to));

    private static short[] Sine(double frequency, int rate) =>
        [.. Enumerable.Range(0, rate / 3).Select(i => (short)Math.Round(Amplitude * Math.Sin(2 * Math.PI * frequency * i / rate + 0.3)))];

    private static ReadOnlySpan<short> Middle(short[] samples) => samples.AsSpan(samples.Length / 10, samples.Length * 8 / 10);

    private static double Rms(ReadOnlySpan<short> samples)
    {
        var sum = 0d;
        foreach (var sample in samples) { sum += (double)sample * sample; }
        return Math.Sqrt(sum / samples.Length);
    }

    // Least squares for a sine of a known frequency: its level against the input's, and what it does not explain, in dB.
    private static (double Gain, double ResidualDb) Fit(ReadOnlySpan<short> samples, double frequency, int rate)
    {
        double ss = 0, cc = 0, sc = 0, ys = 0, yc = 0;
        var w = 2 * Math.PI * frequency / rate;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(w * i);
            (ss, cc, sc, ys, yc) = (ss + s * s, cc + c * c, sc + s * c, ys + samples[i] * s, yc + samples[i] * c);
        }
        var det = ss * cc - sc * sc;
        var (a, b) = ((ys * cc - yc * sc) / det, (yc * ss - ys * sc) / det);
        var residual = 0d;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(w * i);
            residual += Math.Pow(samples[i] - a * s - b * c, 2);
        }
        var amplitude = Math.Sqrt(a * a + b * b);
        return (amplitude / Amplitude, 20 * Math.Log10((Math.Sqrt(residual / samples.Length) + 1e-9) / (amplitude / Math.Sqrt(2))));
    }
}
