using Parley.Asr;
using Parley.Audio;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Asr;
using Parley.Testing.Contracts;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>The contract of all recognisers, kept by sherpa-onnx with a SenseVoice of tones.</summary>
public sealed class UtteranceRecognizerTests(UtteranceRecognizerTests.Loaded loaded) : SpeechRecognizerContract, IClassFixture<UtteranceRecognizerTests.Loaded>
{
    protected override ISpeechRecognizer Recognizer => loaded.Recognizer;

    protected override short[] Speech => ToneModels.Speech;

    protected override string SpokenWord => "mid";

    protected override int? FreeDecoders => loaded.Recognizer.FreeDecoders;

    [Fact]
    public async Task SpeechPaused_ThenTheEnd_SettlesBeforeItIsAskedFor()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var stream = await Recognizer.OpenAsync(new RecognitionRequest(), cancel);
        stream.Write(new AudioFrame(ToneModels.Speech, AudioMath.SpeechRate, TimeSpan.Zero));
        stream.SpeechPaused();

        await foreach (var partial in stream.ReadPartialsAsync(cancel))
        {
            Assert.Equal("low mid high", partial.Settled?.Text);
            break;
        }
        Assert.Equal("low mid high", (await stream.FinishAsync(cancel)).Text);
    }

    [Fact]
    public async Task FinishAsync_FewSamples_GivesEmptyTextAndHarmsNothing()
    {
        foreach (var samples in new[] { 1, 100, 399, 400, 1_000, 7_999 })
        {
            Assert.Equal("", (await TranscribeAsync(new short[samples])).Text);
        }
        Assert.Equal("low mid high", (await TranscribeAsync(ToneModels.Speech)).Text);
    }

    [Fact]
    public async Task ReadPartialsAsync_LivePartials_ShowsWhatIsHeardSoFar()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var recognizer = loaded.Create(o => o.LivePartials = true);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), cancel);
        stream.Write(new AudioFrame(ToneModels.Speech, AudioMath.SpeechRate, TimeSpan.Zero));

        await foreach (var partial in stream.ReadPartialsAsync(cancel))
        {
            Assert.Equal("low mid high", partial.Text);
            Assert.Null(partial.Settled);
            break;
        }
    }

    /// <summary>The recogniser, loaded once.</summary>
    public sealed class Loaded : IDisposable
    {
        private readonly ModelFixture _models = new();
        private UtteranceRecognizer? _recognizer;

        internal UtteranceRecognizer Recognizer => _recognizer ??= Create(o => o.Workers = 2);

        internal UtteranceRecognizer Create(Action<SherpaOptions> set)
        {
            ModelFixture.RequireLibrary();
            if (!Directory.Exists(_models["tones"])) { ToneModels.WriteSenseVoice(_models["tones"]); }
            var options = ModelFixture.Options(_models["tones"]);
            set(options);
            return (UtteranceRecognizer)SherpaEngine.CreateRecognizer("tones", options, TimeProvider.System);
        }

        public void Dispose()
        {
            _recognizer?.Dispose();
            _models.Dispose();
        }
    }
}
