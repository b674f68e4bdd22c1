using Parley.Diagnostics;
using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Training;
using Parley.Testing;
using Parley.Testing.Simulated;

namespace Parley.Learning.Tests.Pronunciation;

public sealed class PronunciationAssessorTests
{
    private static readonly Lazy<Task<PronunciationModel>> s_model = new(async () => PronunciationTraining.Fit(await Readings.CreateAsync()));

    [Fact]
    public async Task AssessAsync_Reading_JudgesEachWordAndPhone()
    {
        var assessment = await AssessAsync(0.95f, Readings.Text);

        Assert.Equal(Readings.Text.Split(' '), assessment.Words.Select(w => w.Text));
        Assert.All(assessment.Words, w => Assert.True(w.Error is WordError.None or WordError.Monotone)); // the voice is a tone
        Assert.All(assessment.Words.SelectMany(w => w.Phones), p => Assert.InRange(p.Score, 80, 100));
        Assert.Equal(100, assessment.Completeness);
        Assert.InRange(assessment.Total, 80, 100);
    }

    [Fact]
    public async Task AssessAsync_PoorReading_ScoresLower() =>
        Assert.True((await AssessAsync(0.4f, Readings.Text)).Total < (await AssessAsync(0.95f, Readings.Text)).Total - 20);

    [Fact]
    public async Task AssessAsync_WordThatWasNotSaid_IsAnOmission()
    {
        var assessment = await AssessAsync(i => i == 2 ? 0.01f : 0.95f, Readings.Text);

        Assert.Equal(WordError.Omission, assessment.Words[2].Error);
        Assert.InRange(assessment.Words[2].Accuracy!.Value, 0, assessment.Words[1].Accuracy!.Value - 1);
        Assert.InRange(assessment.Completeness, 80, 90);
    }

    [Fact]
    public async Task AssessAsync_WordThatCannotBeSpoken_HasNoScore()
    {
        var assessment = await AssessAsync(0.95f, Readings.Text + " 你好");

        Assert.Equal((8, null, 0), (assessment.Words.Count, assessment.Words[7].Accuracy, assessment.Words[7].Phones.Count));
    }

    [Fact]
    public async Task AssessAsync_OtherText_CannotBeScored() => Assert.Contains("does not fit", await RefusalAsync(0.01f, Readings.Text, Readings.Audio()), StringComparison.Ordinal);

    [Fact]
    public async Task Fault_LittleOfTheTextHeard_IsAMismatch()
    {
        var model = await ModelAsync();
        var reading = (await Readings.CreateAsync(1, 1, 0.95f)).Reading;
        var guess = model.Score(reading);

        Assert.Null(TextMatch.Fault(reading, guess));
        Assert.Contains("does not fit", TextMatch.Fault(reading, guess with { Text = 0.1f }), StringComparison.Ordinal);
        Assert.Contains("does not fit", TextMatch.Fault(reading, guess with { Said = [.. guess.Said.Select(_ => 0.1f)] }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_TextIsInDoubt_IsScoredButHardlyTrusted()
    {
        var model = await ModelAsync();
        var reading = (await Readings.CreateAsync(1, 1, 0.95f)).Reading;
        var guess = model.Score(reading);

        var (plain, doubted) = (AssessmentBuilder.Build(reading, guess, model), AssessmentBuilder.Build(reading, guess with { Text = 0.4f }, model));

        Assert.Null(TextMatch.Fault(reading, guess with { Text = 0.4f }));
        Assert.Equal((true, false), (plain.FitsText, doubted.FitsText));
        Assert.Equal(plain.Total, doubted.Total);
        Assert.InRange(plain.Confidence, 0.25, 1);
        Assert.Equal(0.2, doubted.Confidence, 2);
        Assert.Same(plain, plain.WithoutDoubt());
        Assert.Equal(FailureClass.UserInput, Assert.Throws<VoiceException>(doubted.WithoutDoubt).Class);
    }

    [Fact]
    public async Task AssessAsync_UnusableInput_SaysWhy()
    {
        Assert.Contains("silent", await RefusalAsync(0.9f, "hello", new short[32_000]), StringComparison.Ordinal);
        Assert.Contains("shorter", await RefusalAsync(0.9f, "hello", new short[3_000]), StringComparison.Ordinal);
        Assert.Contains("no words", await RefusalAsync(0.9f, " <p>…</p> 🎉 ", Readings.Audio()), StringComparison.Ordinal);
        Assert.Contains("longer than 2000", await RefusalAsync(0.9f, new string('a', 10_000), Readings.Audio()), StringComparison.Ordinal);
    }

    [Fact]
    public void Embedded_Coefficients_AreThere() => Assert.NotNull(PronunciationModel.Embedded);

    [Fact]
    public void Quality_NarrowBandClippedOrNoisy_IsTrustedLess()
    {
        var wide = Noise.White(16_000, -20).Select((s, i) => (short)((i / 1600) % 2 == 0 ? s : s / 100)).ToArray();
        short[] narrow = [.. wide.Select((_, i) => (short)Enumerable.Range(0, 40).Sum(k => i + k < wide.Length ? wide[i + k] / 40 : 0))];

        Assert.Equal(1, RecordingQuality.Of(wide).Trust);
        Assert.InRange(RecordingQuality.Of([.. wide.Select(s => (short)Math.Clamp(s * 100, -32_768, 32_767))]).Trust, 0, 0.6);
        Assert.InRange(RecordingQuality.Of(Noise.White(16_000, -20)).Trust, 0, 0.3);
        Assert.Null(RecordingQuality.Of(narrow).Fault);
    }

    [Theory]
    [InlineData("Hello, <b>world</b>! 🎉 – 7:30", "Hello,|world|!|7:30")]
    [InlineData("a < b and c > d", "a|b|and|c|d")]
    [InlineData("", "")]
    public void Words_Markup_IsNotRead(string text, string words) => Assert.Equal(words.Replace("|!|", "|", StringComparison.Ordinal), string.Join('|', ReadingText.Words(text)));

    private static Task<Assessment> AssessAsync(float quality, string text) => AssessAsync(_ => quality, text);

    private static async Task<Assessment> AssessAsync(Func<int, float> quality, string text) =>
        await new PronunciationAssessor(new SimulatedAligner { Quality = quality }, await ModelAsync()).AssessAsync(text, Readings.Audio(), TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(float quality, string text, short[] audio)
    {
        var assessor = new PronunciationAssessor(new SimulatedAligner { Quality = _ => quality }, await ModelAsync());
        var refusal = await Assert.ThrowsAsync<VoiceException>(() => assessor.AssessAsync(text, audio, TestContext.Current.CancellationToken));
        Assert.Equal(FailureClass.UserInput, refusal.Class);
        return refusal.Message;
    }

    private static Task<PronunciationModel> ModelAsync() => s_model.Value;
}
