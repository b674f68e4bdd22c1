using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Stress;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

public sealed class WordStressTests(SpokenReadings spoken) : IClassFixture<SpokenReadings>
{
    [Theory]
    [InlineData("He forgot his umbrella.", "He [[f'O@g#0t]] his umbrella.", "forgot")]
    [InlineData("My mother is a doctor here.", "My [[mVD'3:]] is a [[d0kt'3:]] here.", "mother")]
    [InlineData("I have a new computer at the hotel.", "I have a new computer at the [[h'oUt@l]].", "hotel.")]
    public async Task AssessAsync_WrongSyllable_IsTold(string text, string said, string word) =>
        Assert.InRange((await AssessAsync(text, said)).Words.Single(w => w.Text == word).Stress!.Value, 0, 30);

    [Theory]
    [InlineData("The police took my guitar.")]
    [InlineData("I have a new computer at home.")]
    [InlineData("The machine is important for tomorrow.")]
    public async Task AssessAsync_RightSyllable_IsNotBlamed(string text)
    {
        var assessment = await AssessAsync(text, text);

        Assert.All(assessment.Words, w => Assert.True(w.Stress is null or > 50));
        Assert.All(assessment.Words.Where(w => w.Phones.Count(p => p.Phone[0] is 'A' or 'E' or 'I' or 'O' or 'U') == 1), w => Assert.Null(w.Stress));
    }

    [Fact]
    public async Task AssessAsync_NoLexicon_JudgesNoStress() =>
        Assert.All((await new PronunciationAssessor(spoken.Aligner).AssessAsync("The police took my guitar.", await EspeakVoice.SayAsync("The police took my guitar."), TestContext.Current.CancellationToken)).Words, w => Assert.Null(w.Stress));

    private async Task<Assessment> AssessAsync(string text, string said)
    {
        var lexicon = StressLexicon.Installed;
        Assert.SkipWhen(lexicon is null, $"{StressLexicon.PackageFile} is not there: ./parley setup brings it.");
        return await new PronunciationAssessor(spoken.Aligner, lexicon: lexicon).AssessAsync(text, await EspeakVoice.SayAsync(said, wordsAMinute: 140), TestContext.Current.CancellationToken);
    }
}
