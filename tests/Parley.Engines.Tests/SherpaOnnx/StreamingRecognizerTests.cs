using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Asr;
using Parley.Testing.Contracts;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>The contract of all recognisers, kept by sherpa-onnx with a streaming model of tones.</summary>
public sealed class StreamingRecognizerTests(StreamingRecognizerTests.Loaded loaded) : SpeechRecognizerContract, IClassFixture<StreamingRecognizerTests.Loaded>
{
    protected override ISpeechRecognizer Recognizer => loaded.Recognizer;

    protected override short[] Speech => ToneModels.Speech;

    protected override string SpokenWord => "mid";

    protected override int? FreeDecoders => loaded.Recognizer.FreeDecoders;

    [Fact]
    public async Task FinishAsync_ThreeTones_GivesThreeWordsWhereTheySound()
    {
        var final = await TranscribeAsync(ToneModels.Speech);

        Assert.Equal("low mid high", final.Text);
        Assert.Equal(["low", "mid", "high"], final.Words.Select(w => w.Text));
        double[] starts = [0.3, 1.2, 2.1];
        Assert.All(final.Words.Zip(starts), w => Assert.InRange(w.First.Start.TotalSeconds, w.Second - 0.1, w.Second + 0.15));
    }

    [Fact]
    public async Task ReadPartialsAsync_SpeechInRealOrder_ComesBeforeTheEnd()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var stream = await Recognizer.OpenAsync(new RecognitionRequest(), cancel);
        stream.Write(new AudioFrame(ToneModels.Speech, AudioMath.SpeechRate, TimeSpan.Zero));

        PartialTranscript heard = default;
        await foreach (var partial in stream.ReadPartialsAsync(cancel))
        {
            heard = partial;
            if (partial.Text == "low mid high") { break; }
        }
        Assert.Equal("low mid high", heard.Text);
    }

    [Fact]
    public async Task OpenAsync_MoreThanMaxStreams_IsToldBusyAndNothingIsLost()
    {
        using var recognizer = loaded.Create(o => (o.MaxStreams, o.LeaseTimeout) = (1, TimeSpan.FromMilliseconds(100)));
        await using (await recognizer.OpenAsync(new RecognitionRequest(), TestContext.Current.CancellationToken))
        {
            var busy = await Assert.ThrowsAsync<VoiceException>(async () => await recognizer.OpenAsync(new RecognitionRequest(), TestContext.Current.CancellationToken));
            Assert.True(busy.IsTransient);
            Assert.Equal(FailureClass.Resource, busy.Class);
        }
        Assert.Equal(1, recognizer.FreeDecoders);
    }

    [Fact]
    public async Task OpenAsync_LanguageThatIsNotServed_IsLeftToAnotherEngine()
    {
        using var recognizer = loaded.Create(o => o.Attributes.Languages.Add("en"));

        var refused = await Assert.ThrowsAsync<VoiceException>(
            async () => await recognizer.OpenAsync(new RecognitionRequest("de-DE"), TestContext.Current.CancellationToken));
        Assert.Equal(FailureClass.Resource, refused.Class);
    }

    [Fact]
    public async Task FinishAsync_AfterTheRecogniserEnded_Fails()
    {
        var recognizer = loaded.Create(_ => { });
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), TestContext.Current.CancellationToken);
        recognizer.Dispose();

        await Assert.ThrowsAsync<VoiceException>(() => stream.FinishAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The recogniser, loaded once.</summary>
    public sealed class Loaded : IDisposable
    {
        private readonly ModelFixture _models = new();
        private StreamingRecognizer? _recognizer;

        internal StreamingRecognizer Recognizer => _recognizer ??= Create(_ => { });

        internal StreamingRecognizer Create(Action<SherpaOptions> set)
        {
            ModelFixture.RequireLibrary();
            if (!Directory.Exists(_models["tones"])) { ToneModels.WriteStreaming(_models["tones"]); }
            var options = ModelFixture.Options(_models["tones"]);
            set(options);
            return (StreamingRecognizer)SherpaEngine.CreateRecognizer("tones", options, TimeProvider.System);
        }

        public void Dispose()
        {
            _recognizer?.Dispose();
            _models.Dispose();
        }
    }
}
