using Parley.Asr;
using Parley.Audio;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Text;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Models of punctuation, really run, alone and behind recognisers of both kinds.</summary>
public sealed class PunctuatorTests(ModelFixture models) : IClassFixture<ModelFixture>
{
    [Theory]
    [InlineData("hello how are you", "hello, how are you?")]
    [InlineData("你好你吗", "你好，你吗？")]
    [InlineData("hello 你好 low", "hello, 你好，low.")]
    [InlineData("low", "low.")]
    public void Punctuate_Plain_MarksInTheScriptOfTheWord(string text, string marked)
    {
        using var punctuator = Load(casing: false);
        Assert.Equal(marked, punctuator.Punctuate(text));
    }

    [Theory]
    [InlineData("HELLO how are you", "Hello, how are you?")]
    [InlineData("low mid high", "Low, mid high.")]
    [InlineData("naïve 你好 high", "naïve 你好 high.")]
    public void Punctuate_Casing_GivesCapitalsToo(string text, string marked)
    {
        using var punctuator = Load(casing: true);
        Assert.Equal(marked, punctuator.Punctuate(text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Punctuate_LongText_LosesNoWord(bool casing)
    {
        using var punctuator = Load(casing);
        var text = string.Join(' ', Enumerable.Repeat("hello how are you", 80));

        var marked = punctuator.Punctuate(text);

        Assert.Equal(text, marked.Replace(",", "").Replace("?", "").Replace(".", "").ToLowerInvariant());
        Assert.Equal(80, marked.Count(c => c == ','));
    }

    [Fact]
    public void Punctuate_Disposed_GivesTheTextAsItWas()
    {
        var punctuator = Load(casing: true);
        punctuator.Dispose();

        Assert.Equal("low mid high", punctuator.Punctuate("low mid high"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FinishAsync_RecogniserWithPunctuation_WritesIt(bool streaming)
    {
        using var _ = Load(casing: true); // writes its folder
        var folder = models[$"tones-{streaming}"];
        if (streaming) { ToneModels.WriteStreaming(folder); }
        else { SpellingModels.WriteParaformer(folder); }
        var options = ModelFixture.Options(folder);
        options.Punctuation = models["casing"];
        var recognizer = SherpaEngine.CreateRecognizer("tones", options, TimeProvider.System);
        using var owned = (IDisposable)recognizer;
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), TestContext.Current.CancellationToken);
        stream.Write(new AudioFrame(ToneModels.Speech, AudioMath.SpeechRate, TimeSpan.Zero));

        Assert.Equal("Low, mid high.", (await stream.FinishAsync(TestContext.Current.CancellationToken)).Text);
    }

    private Punctuator Load(bool casing)
    {
        ModelFixture.RequireLibrary();
        var folder = models[casing ? "casing" : "plain"];
        if (casing) { PunctuationModels.WriteCasing(folder); }
        else { PunctuationModels.WritePlain(folder); }
        return Punctuator.Load(new SherpaOptions { Punctuation = folder });
    }
}
