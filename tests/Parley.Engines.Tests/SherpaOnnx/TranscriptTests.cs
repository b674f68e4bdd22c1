using Parley.Asr;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Asr;
using Parley.SherpaOnnx.Models;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>What is made of a model's tokens, and of hints for it.</summary>
public sealed class TranscriptTests
{
    [Fact]
    public void Words_PiecesOfWords_AreJoinedAndPlaced()
    {
        var words = new TokenText(isUpperCase: true, new HashSet<char>()).Words([("▁I", 0.1), ("'", 0.2), ("LL", 0.24), ("▁SEE", 0.6), ("▁YOU", 2.8)], 0.8);

        Assert.Equal(["I'll", "see", "you"], words.Select(w => w.Text));
        Assert.Equal(0.1, words[0].Start.TotalSeconds, 3);
        Assert.Equal(0.6, words[0].End.TotalSeconds, 3);
        Assert.Equal(1.6, words[1].End.TotalSeconds, 3); // a pause is no part of the word before it
        Assert.Equal(3.0, words[2].End.TotalSeconds, 3);
    }

    [Fact]
    public void Words_MarkedPieces_AreJoinedAndTheOthersStandAlone() => Assert.Equal(
        ["hello", "你", "好", "good", "day"],
        new TokenText(isUpperCase: false, new HashSet<char>(), marksPieces: true)
            .Words([("he@@", 0), ("l@@", 0.1), ("lo", 0.2), ("你", 0.4), ("好", 0.6), ("good", 0.8), ("day", 1)], 0.8).Select(w => w.Text));

    [Fact]
    public void Words_Ideographs_StandAlone() =>
        Assert.Equal(["你", "好", "hello"], new TokenText(isUpperCase: false, new HashSet<char>()).Words([("你", 0), ("好", 0.2), ("▁hel", 0.4), ("lo", 0.5)], 0.8).Select(w => w.Text));

    [Fact]
    public void Words_TagsAndEqualTimes_GiveOrderedSpans()
    {
        var words = new TokenText(isUpperCase: false, new HashSet<char>()).Words([("<|en|>", 0), (" a", 0.4), (" b", 0.4), (" c", 0.3)], 0.8);

        Assert.Equal(["a", "b", "c"], words.Select(w => w.Text));
        Assert.All(words, w => Assert.True(w.End > w.Start));
        Assert.Equal(words.Select(w => w.Start).Order(), words.Select(w => w.Start));
    }

    [Fact]
    public void Next_GrowingHypotheses_NeverTakeBackWhatStands()
    {
        var prefix = new StablePrefix();

        Assert.Equal(0, prefix.Next("I"));
        Assert.Equal(0, prefix.Next("I wou"));
        Assert.Equal(1, prefix.Next("I would like"));
        Assert.Equal(7, prefix.Next("I would lie down"));
        Assert.Null(prefix.Next("He would like"));
        Assert.Equal(7, prefix.Next("I would"));
    }

    [Fact]
    public void Encode_Hints_AreInTheModelsLetters()
    {
        var hints = new RecognitionHints { Answers = ["A table for two, please.", "a table for two please"], Phrases = ["Zoë", "Ben's", "  ", "42"] };

        var encoder = new HintEncoder(isUpperCase: true, "ABCDEFGHIJKLMNOPQRSTUVWXYZ'".ToHashSet());
        // What the model cannot spell would be written to the library's log, and take the rest with it.
        Assert.Equal("A TABLE FOR TWO PLEASE/BEN'S", encoder.Encode(hints));
        Assert.Null(encoder.Encode(new RecognitionHints { Phrases = ["42"] }));
        Assert.Null(encoder.Encode(null));
    }

    [Theory]
    [InlineData(SherpaModelKind.StreamingTransducer, true, true)]
    [InlineData(SherpaModelKind.Transducer, true, true)]
    [InlineData(SherpaModelKind.StreamingTransducer, false, false)]
    [InlineData(SherpaModelKind.SenseVoice, true, false)]
    [InlineData(SherpaModelKind.StreamingZipformer2Ctc, true, false)]
    public void UsesBeam_KindAndOption_Decide(SherpaModelKind kind, bool asked, bool uses) => Assert.Equal(
        uses, HintEncoder.UsesBeam(new SherpaModel { Kind = kind, Folder = "", Networks = new Dictionary<string, string>() }, new SherpaOptions { BeamSearch = asked }));
}
