using Parley.Asr;
using Parley.Audio;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Asr;
using Parley.Testing.Contracts;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>The contract of all recognisers, kept by the kinds that write token after token.</summary>
public abstract class SpellingRecognizerTests : SpeechRecognizerContract, IDisposable
{
    private readonly ModelFixture _models = new();
    private ISpeechRecognizer? _recognizer;

    protected override ISpeechRecognizer Recognizer => _recognizer ??= Create(Prepare);

    protected override short[] Speech => ToneModels.Speech;

    protected override string SpokenWord => "mid";

    protected override int? FreeDecoders => Recognizer is StreamingRecognizer streaming ? streaming.FreeDecoders : ((UtteranceRecognizer)Recognizer).FreeDecoders;

    [Fact]
    public async Task FinishAsync_Tones_AreTheirWordsAndSilenceIsNone()
    {
        Assert.Equal("low mid high", (await TranscribeAsync(ToneModels.Speech)).Text);
        Assert.Equal("", (await TranscribeAsync(new short[AudioMath.SpeechRate])).Text);
        foreach (var samples in new[] { 1, 399, 1_000, 7_999 }) { Assert.Equal("", (await TranscribeAsync(new short[samples])).Text); }
    }

    public void Dispose()
    {
        (_recognizer as IDisposable)?.Dispose();
        _models.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract void Write(string folder);

    protected virtual void Prepare(SherpaOptions options) { }

    private protected ISpeechRecognizer Create(Action<SherpaOptions> set)
    {
        ModelFixture.RequireLibrary();
        if (!Directory.Exists(_models["tones"])) { Write(_models["tones"]); }
        var options = ModelFixture.Options(_models["tones"]);
        set(options);
        return SherpaEngine.CreateRecognizer("tones", options, TimeProvider.System);
    }

    private protected async Task<FinalTranscript> TranscribeAsync(Action<SherpaOptions> set, short[] speech, string language = "en")
    {
        var recognizer = Create(set);
        using var owned = (IDisposable)recognizer;
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(language), TestContext.Current.CancellationToken);
        stream.Write(new AudioFrame(speech, AudioMath.SpeechRate, TimeSpan.Zero));
        return await stream.FinishAsync(TestContext.Current.CancellationToken);
    }
}
