using Parley.Asr;
using Parley.Audio;
using Parley.SherpaOnnx;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Transducers of both kinds, with and without a beam and hints, really run.</summary>
public sealed class TransducerTests(ModelFixture models) : IClassFixture<ModelFixture>
{
    public static TheoryData<bool, bool> Ways => new() { { true, false }, { true, true }, { false, false }, { false, true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task FinishAsync_Tones_AreWordsInSmallLetters(bool streaming, bool beam)
    {
        var final = await TranscribeAsync(streaming, beam, null);

        Assert.Equal("low mid high", final.Text);
        Assert.Equal(["low", "mid", "high"], final.Words.Select(w => w.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FinishAsync_Hints_AreTakenAndHarmNothing(bool streaming)
    {
        var hints = new RecognitionHints { Answers = ["Low, mid!", "Zoë"], Phrases = ["high", "unknown words"] };

        Assert.Equal("low mid high", (await TranscribeAsync(streaming, beam: true, hints)).Text);
    }

    private async Task<FinalTranscript> TranscribeAsync(bool streaming, bool beam, RecognitionHints? hints)
    {
        ModelFixture.RequireLibrary();
        var folder = models[$"transducer-{streaming}"];
        if (!Directory.Exists(folder)) { ToneModels.WriteTransducer(folder, streaming); }
        var options = ModelFixture.Options(folder);
        (options.BeamSearch, options.HotwordsScore) = (beam, 0.5);
        var recognizer = SherpaEngine.CreateRecognizer("tones", options, TimeProvider.System);
        using var owned = (IDisposable)recognizer;
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(Hints: hints), TestContext.Current.CancellationToken);
        stream.Write(new AudioFrame(ToneModels.Speech, AudioMath.SpeechRate, TimeSpan.Zero));
        return await stream.FinishAsync(TestContext.Current.CancellationToken);
    }
}
