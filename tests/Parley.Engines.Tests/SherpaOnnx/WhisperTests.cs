namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A Whisper that knows English and German.</summary>
public sealed class WhisperTests : SpellingRecognizerTests
{
    [Theory]
    [InlineData("low mid high", "en")]
    [InlineData("tief mittel hoch", "de-DE")]
    [InlineData("tief mittel hoch")] // what it hears
    [InlineData("tief mittel hoch", "en", "de")]
    public async Task FinishAsync_Languages_OneIsForcedAndSeveralAreHeard(string text, params string[] languages)
    {
        var final = await TranscribeAsync(
            options =>
            {
                options.Attributes.Languages.Clear();
                foreach (var language in languages) { options.Attributes.Languages.Add(language); }
            }, ToneModels.Speech, languages.FirstOrDefault("en"));

        Assert.Equal(text, final.Text);
    }

    protected override void Write(string folder) => SpellingModels.WriteWhisper(folder, languages: true);

    protected override void Prepare(Parley.SherpaOnnx.SherpaOptions options) => options.Attributes.Languages.Add("en");
}
