using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class PitchEstimatorTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(117)]
    [InlineData(163)]
    [InlineData(220)]
    [InlineData(310)]
    [InlineData(390)]
    public void Measure_VoiceOfAPitch_FindsIt(double hertz) => Assert.Equal(hertz, Last(Voices.Voice(hertz, 0.2)).Pitch, hertz * 0.02);

    [Fact]
    public void Measure_Noise_HasNoPitch()
    {
#pragma warning disable CA5394 // drawn to be repeated, not to be secret
        var random = new Random(3);
        var noise = Enumerable.Range(0, 3_200).Select(_ => (short)random.Next(-3_000, 3_000)).ToArray();
#pragma warning restore CA5394

        Assert.Equal(0, Last(noise).Pitch);
    }

    [Fact]
    public void Measure_Silence_HasNeitherPitchNorLevel() => Assert.Equal((0f, -100f), Last(new short[2_048]));

    [Fact]
    public void Measure_HalfTheAmplitude_IsSixDecibelsLess() =>
        Assert.Equal(6.02, Last(Voices.Voice(150, 0.2)).LevelDb - Last(Voices.Voice(150, 0.2, amplitude: 0.15)).LevelDb, 0.1);

    [Fact]
    public void Measure_OtherLength_Throws() => Assert.Throws<ArgumentException>(() => new PitchEstimator().Measure(new short[511]));

    private static (float Pitch, float LevelDb) Last(short[] samples)
    {
        var estimator = new PitchEstimator();
        var last = (0f, 0f);
        for (var at = 0; at + PitchEstimator.Samples <= samples.Length; at += PitchEstimator.Samples)
        {
            last = estimator.Measure(samples.AsSpan(at, PitchEstimator.Samples));
        }
        return last;
    }
}
