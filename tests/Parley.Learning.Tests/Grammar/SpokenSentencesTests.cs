using Parley.Learning.Grammar;

namespace Parley.Learning.Tests.Grammar;

/// <summary>How well learners' spoken sentences are corrected; by edits of words, as ERRANT counts them.</summary>
public sealed class SpokenSentencesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Correct_SpokenSentences_ReachPrecisionAndRecall(bool heldOut)
    {
        var (right, made, wanted, alarms, correct) = (0, 0, 0, 0, 0);
        foreach (var sentence in SpokenSentence.All.Where(s => s.IsHeldOut == heldOut))
        {
            var said = Language.Full.Correct(new CorrectionRequest(sentence.Text, IsSpoken: true)).Corrected;
            var edits = sentence.EditsTo(said);
            var gold = sentence.Corrections.Select(sentence.EditsTo).MaxBy(g => (g.Intersect(edits).Count(), -g.Count))!;
            (right, made, wanted) = (right + edits.Intersect(gold).Count(), made + edits.Count, wanted + gold.Count);
            if (sentence.IsCorrect)
            {
                correct++;
                if (said != sentence.Text) { alarms++; }
            }
            if (!heldOut && !edits.SetEquals(gold)) { output.WriteLine($"{sentence.Text}\n  {said}\n  {sentence.Corrections[0]}"); }
        }
        var (precision, recall, share) = ((double)right / made, (double)right / wanted, (double)alarms / correct);
        output.WriteLine(FormattableString.Invariant($"precision {precision:0.000}, recall {recall:0.000}, false alarms {share:0.000}"));
        Assert.True(precision >= 0.85, $"precision {precision:0.000}");
        Assert.True(recall >= 0.5, $"recall {recall:0.000}");
        Assert.True(share <= 0.03, $"false alarms {share:0.000}");
    }

    [Fact]
    public void All_Sentences_AreThreeHundredHalfOfThemCorrect()
    {
        Assert.Equal(300, SpokenSentence.All.Count);
        Assert.Equal(150, SpokenSentence.All.Count(s => s.IsCorrect));
        Assert.Equal(150, SpokenSentence.All.Count(s => s.IsHeldOut));
    }

    [Theory]
    [InlineData("he go home", "he goes home", "1,1,goes")]
    [InlineData("we discussed about it", "we discussed it", "2,1,")]
    [InlineData("i have dog", "i have a dog", "2,0,a")]
    [InlineData("fine", "fine", "")]
    public void EditsTo_OtherText_AreTheWordsThatDiffer(string text, string other, string edits) =>
        Assert.Equal(edits, string.Join(';', new SpokenSentence(false, text, [text]).EditsTo(other).Select(e => $"{e.At},{e.Count},{e.Put}")));
}
