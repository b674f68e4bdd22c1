using Parley.Diagnostics;
using Parley.Learning.Pronunciation;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

public sealed class OtherLanguageTests(SpokenReadings spoken) : IClassFixture<SpokenReadings>
{
    private const string English = "My brother bought a green umbrella yesterday because it was raining.";

    [Theory]
    [InlineData("de", "Mein Bruder hat gestern einen grünen Regenschirm gekauft, weil es geregnet hat.")]
    [InlineData("fr", "Mon frère a acheté un parapluie vert hier parce qu'il pleuvait.")]
    [InlineData("es", "Mi hermano compró ayer un paraguas verde porque estaba lloviendo.")]
    [InlineData("cmn", "我弟弟昨天买了一把绿色的雨伞，因为下雨了。")]
    [InlineData("ru", "Мой брат вчера купил зелёный зонт, потому что шёл дождь.")]
    [InlineData("tr", "Kardeşim dün yağmur yağdığı için yeşil bir şemsiye aldı.")]
    public async Task AssessAsync_AnotherLanguage_IsRefusedOrHardlyTrusted(string language, string text)
    {
        var speech = await EspeakVoice.SayAsync(text, language);
        try
        {
            var assessment = await AssessAsync(English, speech);
            Assert.InRange(assessment.Confidence, 0, 0.5);
        }
        catch (VoiceException e)
        {
            Assert.Equal(FailureClass.UserInput, e.Class);
            Assert.Contains("does not fit the text", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AssessAsync_TheLanguageItself_IsTrusted() => Assert.InRange((await AssessAsync(English, await EspeakVoice.SayAsync(English))).Confidence, 0.5, 1);

    [Theory]
    [InlineData("de", "Mein Bruder hat gestern einen grünen Regenschirm gekauft.")]
    [InlineData("cmn", "我弟弟昨天买了一把绿色的雨伞。")]
    public async Task AssessAsync_TextOfAnotherLanguage_IsRefusedOrHardlyTrusted(string language, string text)
    {
        var speech = await EspeakVoice.SayAsync(text, language);
        try
        {
            Assert.InRange((await AssessAsync(text, speech)).Confidence, 0, 0.5);
        }
        catch (VoiceException e)
        {
            Assert.Equal(FailureClass.UserInput, e.Class);
        }
    }

    private Task<Assessment> AssessAsync(string text, short[] samples) => new PronunciationAssessor(spoken.Aligner).AssessAsync(text, samples, TestContext.Current.CancellationToken);
}
