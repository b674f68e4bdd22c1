using Parley.Asr;
using Parley.Audio;
using Parley.PocketSphinx.Asr.Topics;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Engines.Tests.PocketSphinx.Topics;

[Collection(nameof(RealSpeech))]
public sealed class TopicModelTests(RecognizerFixture fixture)
{
    private const string Said = "he was not an ill disposed young man";

    private static readonly string[] s_topic = [Said, "He might even have been made amiable himself.", "She was not an amiable young woman."];

    [Fact]
    public async Task FinishAsync_SentenceOfTheTopic_IsHeardBetter()
    {
        var (plain, topical) = (await ErrorsAsync(null), await ErrorsAsync(new RecognitionHints { Sentences = s_topic }));

        Assert.InRange(topical, 0, Math.Max(0, plain - 1));
    }

    // The decoders are shared: nobody else's topic stays behind.
    [Fact]
    public async Task FinishAsync_AfterAnothersTopic_HearsAsBefore()
    {
        var before = await HearAsync(null);
        await HearAsync(new RecognitionHints { Sentences = s_topic });
        await HearAsync(new RecognitionHints { Sentences = ["I would like some tea.", "Where is the station?"] });

        Assert.Equal(before, await HearAsync(null));
    }

    [Fact]
    public async Task FinishAsync_TopicWithoutAWord_ChangesNothing() => Assert.Equal(await HearAsync(null), await HearAsync(new RecognitionHints { Sentences = ["…", "你好"] }));

    [Fact]
    public void Of_SameList_IsMadeOnce()
    {
        Assert.Same(TopicModel.Of(s_topic), TopicModel.Of(s_topic));
        Assert.Null(TopicModel.Of([]));
        Assert.Null(TopicModel.Of(null));
        Assert.True(TopicModel.Of(["…"])!.IsEmpty);
    }

    private async Task<int> ErrorsAsync(RecognitionHints? hints) => WordErrorRate.Of((Said, await HearAsync(hints))).Errors;

    private async Task<string> HearAsync(RecognitionHints? hints)
    {
        await using var stream = await fixture.Recognizer.OpenAsync(new RecognitionRequest(Hints: hints), TestContext.Current.CancellationToken);
        stream.Write(new AudioFrame(WavReader.Read(SharedData.Find("speech/austen-0880.wav")).Samples, AudioMath.SpeechRate, TimeSpan.Zero));
        return (await stream.FinishAsync(TestContext.Current.CancellationToken)).Text;
    }
}
