using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Reference;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

public sealed class SpeechDifferenceTests(SpokenReadings spoken) : IClassFixture<SpokenReadings>
{
    private const string Text = "My brother bought a green umbrella yesterday.";

    [Fact]
    public async Task AssessAsync_VoiceAgainstItself_HardlyDiffers()
    {
        var assessment = await AssessAsync(Text, await SpokenReadings.ReadAsync(Text));

        Assert.All(assessment.Words, w => Assert.InRange(w.Difference!.Distortion, 0, 3));
        Assert.All(assessment.Words, w => Assert.InRange(w.Difference!.Stretch, 0.75, 1.33));
        Assert.Equal("flite", assessment.Difference!.Voice);
        Assert.Contains(null, assessment.Difference.Distortion);
        Assert.InRange(assessment.Difference.Distortion.OfType<double>().Average(), 0, 1.5);
        Assert.Equal(assessment.Difference.Distortion.Select(d => d is null), assessment.Difference.ReferenceMs.Select(m => m is null));
    }

    [Fact]
    public async Task AssessAsync_SlowReading_IsStretched()
    {
        var assessment = await AssessAsync(Text, await SpokenReadings.ReadAsync(Text, speed: 0.7));

        Assert.InRange(assessment.Words.Average(w => w.Difference!.Stretch), 1.25, 1.6);
        var times = assessment.Difference!.ReferenceMs.OfType<int>().ToArray();
        Assert.True(times.Zip(times.Skip(1)).All(pair => pair.First <= pair.Second));
    }

    [Fact]
    public async Task AssessAsync_OtherWordInItsPlace_DiffersMost()
    {
        var assessment = await AssessAsync(Text, await SpokenReadings.ReadAsync(Text.Replace("green", "brown", StringComparison.Ordinal), "rms"));

        Assert.Equal("green", assessment.Words.MaxBy(w => w.Difference!.Distortion)!.Text);
    }

    [Fact]
    public async Task AssessAsync_WordThatCannotBeSpoken_HasNoDifference()
    {
        var assessment = await AssessAsync(Text + " 你好", await SpokenReadings.ReadAsync(Text, "rms"));

        Assert.Null(assessment.Words[^1].Difference);
        Assert.All(assessment.Words.SkipLast(1), w => Assert.NotNull(w.Difference));
    }

    [Fact]
    public async Task AssessAsync_NoVoice_HasNoDifference()
    {
        var assessment = await new PronunciationAssessor(spoken.Aligner).AssessAsync(Text, await SpokenReadings.ReadAsync(Text), TestContext.Current.CancellationToken);

        Assert.Null(assessment.Difference);
        Assert.All(assessment.Words, w => Assert.Null(w.Difference));
    }

    private async Task<Assessment> AssessAsync(string text, short[] samples) =>
        await new PronunciationAssessor(spoken.Aligner, native: new NativeVoice(SpokenReadings.Flite(), spoken.Aligner)).AssessAsync(text, samples, TestContext.Current.CancellationToken);
}
