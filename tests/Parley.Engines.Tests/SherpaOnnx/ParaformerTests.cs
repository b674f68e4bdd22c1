namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A Paraformer of whole utterances.</summary>
public sealed class ParaformerTests : SpellingRecognizerTests
{
    [Fact]
    public async Task FinishAsync_PiecesOfWords_AreWordsWhereTheySound()
    {
        var final = await TranscribeAsync(ToneModels.Speech);

        Assert.Equal(["low", "mid", "high"], final.Words.Select(w => w.Text));
        double[] starts = [0.3, 1.2, 2.1];
        Assert.All(final.Words.Zip(starts), w => Assert.InRange(w.First.Start.TotalSeconds, w.Second - 0.15, w.Second + 0.15));
    }

    protected override void Write(string folder) => SpellingModels.WriteParaformer(folder);
}
