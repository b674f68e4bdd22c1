using Parley.Audio;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A streaming Paraformer, which writes a word where it ends.</summary>
public sealed class StreamingParaformerTests : SpellingRecognizerTests
{
    [Fact]
    public async Task FinishAsync_NoSilenceAfterTheLastWord_HoldsItAll()
    {
        // Wherever in the model's chunks of 0.6 s the speech ends.
        for (var earlier = 0.5; earlier < 0.5 + 0.6; earlier += 0.05)
        {
            short[] speech = [.. new short[(int)((earlier - 0.5) * AudioMath.SpeechRate)], .. ToneModels.Speech[..^(AudioMath.SpeechRate / 2)]];
            Assert.Equal("low mid high", (await TranscribeAsync(speech)).Text);
        }
    }

    protected override void Write(string folder) => SpellingModels.WriteStreamingParaformer(folder);
}
