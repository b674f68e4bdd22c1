using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Contracts;

namespace Parley.Engines.Tests.PocketSphinx;

[Collection(nameof(RealSpeech))]
public sealed class PocketSphinxRecognizerTests(RecognizerFixture fixture) : SpeechRecognizerContract
{
    protected override ISpeechRecognizer Recognizer => fixture.Recognizer;

    protected override short[] Speech => WavReader.Read(SharedData.Find("speech/cards-005.wav")).Samples;

    protected override string SpokenWord => "spades";

    protected override int? FreeDecoders => fixture.Recognizer.FreeDecoders;

    [Fact]
    public async Task FinishAsync_OfferedAnswer_ComesBackAsItWasWritten()
    {
        const string Said = "Eight of spades, 4 of clubs – seven of Hearts!";
        var final = await TranscribeAsync(Speech, new RecognitionHints { Answers = ["The Zzyzx bird sings $5 songs.", Said, "Seven of spades, four of hearts."] });

        Assert.Equal(Said, final.Text);
        Assert.True(final.Guided);
        Assert.InRange(final.Confidence, 0.8, 1);
        Assert.Equal(["Eight", "of", "spades,", "4", "of", "clubs", "seven", "of", "Hearts!"], final.Words.Select(word => word.Text));
    }

    [Fact]
    public async Task FinishAsync_NoneOfTheAnswersSaidAndOthersAllowed_GivesTheDictation()
    {
        var final = await TranscribeAsync(Speech, new RecognitionHints { Answers = ["I would like some tea, please.", "Where is the station?"] });

        Assert.False(final.Guided);
        Assert.Equal("eight of spades four of clubs seven of hearts", final.Text);
    }

    [Fact]
    public async Task FinishAsync_NoneOfTheAnswersSaidAndOthersForbidden_IsUnsure()
    {
        var final = await TranscribeAsync(
            Speech, new RecognitionHints { Answers = ["I would like some tea, please.", "Where is the station?"], AllowOther = false });

        Assert.True(final.Guided);
        Assert.InRange(final.Confidence, 0, 0.3);
    }

    [Fact]
    public async Task FinishAsync_Phrases_MayFollowEachOther()
    {
        var phrases = from rank in new[] { "Four", "Seven", "Eight" } from suit in new[] { "Clubs", "Hearts", "Spades" } select $"{rank} of {suit}";
        var final = await TranscribeAsync(Speech, new RecognitionHints { Phrases = [.. phrases] });

        Assert.Equal("Eight of Spades Four of Clubs Seven of Hearts", final.Text);
    }

    [Fact]
    public async Task OpenAsync_LanguageModelThatIsNotThere_SaysSo() =>
        await Assert.ThrowsAsync<VoiceException>(async () => await Recognizer.OpenAsync(
            new RecognitionRequest(Hints: new RecognitionHints { LanguageModelPath = "/nowhere.arpa" }), TestContext.Current.CancellationToken));

    [Fact]
    public async Task OpenAsync_OtherLanguage_Throws() =>
        await Assert.ThrowsAsync<VoiceException>(
            async () => await Recognizer.OpenAsync(new RecognitionRequest("de-DE"), TestContext.Current.CancellationToken));

    [Fact]
    public void Probe_ModelThatIsNotThere_NamesThePackage()
    {
        var status = PocketSphinxRecognizer.Registration(new PocketSphinxOptions { ModelPath = "/nowhere" }).Probe();

        Assert.False(status.Available);
        Assert.Contains("pocketsphinx-en-us", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_PoolOfNone_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PocketSphinxRecognizer.Registration(new PocketSphinxOptions { PoolSize = 0 }).Create());
}
