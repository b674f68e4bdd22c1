using Parley.Diagnostics;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Tts;
using Parley.Testing.Contracts;
using Parley.Tts;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>The contract of all synthesisers, kept by sherpa-onnx with a VITS that sings its letters.</summary>
public sealed class SherpaSynthesizerTests(SherpaSynthesizerTests.Loaded loaded) : SpeechSynthesizerContract, IClassFixture<SherpaSynthesizerTests.Loaded>
{
    protected override ISpeechSynthesizer Engine => loaded.Engine;

    [Fact]
    public async Task SynthesizeAsync_ThreeSentences_GivesEachAsSoonAsItIsMade()
    {
        var chunks = await SpeakAsync("Hello there. How are you? Fine!");

        Assert.Equal(3, chunks.Count);
        Assert.Equal(["Hello", "there"], chunks[0].Words.Select(w => w.Word));
        Assert.Equal(["How", "are", "you"], chunks[1].Words.Select(w => w.Word));
        Assert.Equal(["Fine"], chunks[2].Words.Select(w => w.Word));
        Assert.All(chunks, c => Assert.Equal(16_000, c.SampleRate));
    }

    [Fact]
    public async Task SynthesizeAsync_NoAudioOfPlainLetters_Fails()
    {
        using var models = new ModelFixture();
        ModelFixture.RequireLibrary();
        ToneModels.WriteVits(models["mute"]);
        await File.WriteAllTextAsync(Path.Combine(models["mute"], "tokens.txt"), "_ 0\nž 1\n. 2\n", TestContext.Current.CancellationToken);
        using var mute = SherpaEngine.CreateSynthesizer("mute", ModelFixture.Options(models["mute"]), TimeProvider.System);

        await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(mute, new SpeechRequest("hello")));
        Assert.Empty(await SpeakAsync(mute, new SpeechRequest("你好")));
    }

    [Fact]
    public void Voices_TwoSpeakers_AreNumbersUnlessNamed()
    {
        using var named = loaded.Create("Ada");

        Assert.Equal(["0", "1"], Engine.Voices);
        Assert.Equal(["Ada", "1"], named.Voices);
    }

    /// <summary>The synthesiser, loaded once.</summary>
    public sealed class Loaded : IDisposable
    {
        private readonly ModelFixture _models = new();
        private SherpaSynthesizer? _engine;

        internal SherpaSynthesizer Engine => _engine ??= Create();

        internal SherpaSynthesizer Create(params string[] voices)
        {
            ModelFixture.RequireLibrary();
            if (!Directory.Exists(_models["tones"])) { ToneModels.WriteVits(_models["tones"]); }
            var options = ModelFixture.Options(_models["tones"]);
            foreach (var voice in voices) { options.Voices.Add(voice); }
            return SherpaEngine.CreateSynthesizer("tones", options, TimeProvider.System);
        }

        public void Dispose()
        {
            _engine?.Dispose();
            _models.Dispose();
        }
    }
}
