using Parley.Tts;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A Kokoro of English with two voices, and one of several languages.</summary>
public sealed class KokoroTests : PhoneVoiceTests
{
    [Fact]
    public async Task SynthesizeAsync_TwoVoices_AreNamedByTheModelAndSoundDifferent()
    {
        Assert.Equal(["ana", "ben"], Engine.Voices);

        var ana = SamplesOf(await SpeakAsync(new SpeechRequest("Hello.", Voice: "ana")));
        var ben = SamplesOf(await SpeakAsync(new SpeechRequest("Hello.", Voice: "Ben")));

        Assert.Equal(ana.Length, ben.Length);
        Assert.False(ana.AsSpan().SequenceEqual(ben));
    }

    [Fact]
    public async Task SynthesizeAsync_SeveralLanguages_AreReadByTheirOwnRules()
    {
        using var model = Create("many", WriteMany, []);
        Assert.True(model.Supports("en-US") && model.Supports("zh-CN") && !model.Supports("fr-FR"));
        using var british = Create("many", WriteMany, ["en-GB"]);
        using var french = Create("many", WriteMany, ["fr"]);

        var american = await LengthAsync(model, "Car park. Beaucoup d'oiseaux.", "en-US");
        Assert.InRange(await LengthAsync(british, "Car park. Beaucoup d'oiseaux.", "en-GB"), 1, american - 1); // it drops an r
        Assert.InRange(await LengthAsync(french, "Car park. Beaucoup d'oiseaux.", "fr-FR"), 1, american - 1);
        Assert.Equal(1800 * 8, await LengthAsync(model, "你好。", "zh-CN")); // of the lexicon
    }

    private static void WriteMany(string folder) => VoiceModels.WriteKokoro(folder, ("lexicon-us-en.txt", "hello h ə l o\n"), ("lexicon-zh.txt", "你 n i\n好 h a o\n"));

    private static async Task<int> LengthAsync(ISpeechSynthesizer engine, string text, string language) =>
        SamplesOf(await SpeakAsync(engine, new SpeechRequest(text, Language: language))).Length;

    protected override void Write(string folder) => VoiceModels.WriteKokoro(folder);
}
