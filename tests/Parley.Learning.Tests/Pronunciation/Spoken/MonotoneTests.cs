using Parley.Learning.Pronunciation;
using Parley.Testing;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

public sealed class MonotoneTests(SpokenReadings spoken) : IClassFixture<SpokenReadings>
{
    private const string Text = "My brother bought a green umbrella yesterday because it was raining all day.";

    [Fact]
    public async Task AssessAsync_VoiceOnOneNote_IsMonotone()
    {
        var assessment = await AssessAsync(Text, await EspeakVoice.SayAsync($"<prosody range=\"0%\">{Text}</prosody>"));

        Assert.True(assessment.Monotone);
        Assert.Contains(assessment.Words, w => w.Error == WordError.Monotone);
        Assert.All(assessment.Words, w => Assert.NotEqual(WordError.UnexpectedBreak, w.Error));
    }

    [Fact]
    public async Task AssessAsync_VoiceThatMoves_IsNotMonotone()
    {
        var assessment = await AssessAsync(Text, await EspeakVoice.SayAsync(Text));

        Assert.False(assessment.Monotone);
        Assert.DoesNotContain(assessment.Words, w => w.Error == WordError.Monotone);
    }

    [Fact]
    public async Task AssessAsync_NativeSpeaker_IsNotMonotone()
    {
        var speech = Audio.WavReader.Read(SharedData.Find("speech/austen-0880.wav")).Samples;

        Assert.False((await AssessAsync("he was not an ill disposed young man", speech)).Monotone);
    }

    private Task<Assessment> AssessAsync(string text, short[] samples) => new PronunciationAssessor(spoken.Aligner).AssessAsync(text, samples, TestContext.Current.CancellationToken);
}
