using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>Learners' answers among four offered sentences.</summary>
[Collection(nameof(RealSpeech))]
public sealed class AnswerChoiceTests(RecognizerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FinishAsync_FourOfferedSentences_PicksTheRightOne()
    {
        var outcomes = await PlayAsync(offered: true, count: 40);

        Assert.InRange(outcomes.Count(outcome => outcome.IsRight) / 40.0, 0.9, 1);
    }

    [Fact]
    public async Task FinishAsync_WithAndWithoutTheRightSentence_ConfidenceTellsThemApart()
    {
        var outcomes = await PlayAsync(offered: true, count: 20);
        outcomes.AddRange(await PlayAsync(offered: false, count: 20));
        var answers = outcomes.Select(outcome => (outcome.Final.Confidence, outcome.IsRight)).ToArray();

        Assert.InRange(Calibration.Of(answers).Auc, 0.9, 1);
        Assert.InRange(answers.Average(answer => Math.Pow(answer.Confidence - (answer.IsRight ? 1 : 0), 2)), 0, 0.12); // Brier score; 0.25 is a coin
    }

    private async Task<List<ChoiceOutcome>> PlayAsync(bool offered, int count)
    {
        var folder = Path.GetDirectoryName(SharedData.Find("speechocean762-train/scores.jsonl"))!;
        Assert.SkipUnless(LearnerCorpus.IsAvailable(folder), "The command flac, which reads the corpus, is not on this machine.");
        var corpus = LearnerCorpus.Load(folder);
        var outcomes = new List<ChoiceOutcome>();
        foreach (var trial in ChoiceTrial.Draw(corpus, count, seed: 1, offered: offered))
        {
            outcomes.Add(await ChoiceOutcome.PlayAsync(fixture.Recognizer, corpus, trial, cancellationToken: Cancel));
        }
        return outcomes;
    }
}
