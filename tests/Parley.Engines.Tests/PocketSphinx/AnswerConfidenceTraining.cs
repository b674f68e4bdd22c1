using System.Diagnostics;
using Parley.Asr;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>Fits the coefficients of <see cref="AnswerConfidence"/>, and measures the choice and its confidence. Minutes long, so it runs only when asked for.</summary>
/// <remarks>Every second speaker is fitted, the others are judged; each recording is played with and without what it says among four offers.</remarks>
public sealed class AnswerConfidenceTraining(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Fit_HalfOfTheSpeakers_HoldsForTheOthers()
    {
        var folder = Path.GetDirectoryName(SharedData.Find("speechocean762-train/scores.jsonl"))!;
        Assert.SkipUnless(LearnerCorpus.IsAvailable(folder), "The command flac, which reads the corpus, is not on this machine.");
        var corpus = LearnerCorpus.Load(folder);
        var fitted = corpus.FittedSpeakers;

        var model = LogisticFit.Of([.. (await PlayAsync(corpus, fitted.Contains, "fitted")).Select(row => (row.Features, row.Right))]);
        output.WriteLine($"bias {model.Bias:F3}, weights {string.Join(", ", model.Weights.Select(weight => weight.ToString("F3")))}");

        var others = await PlayAsync(corpus, speaker => !fitted.Contains(speaker), "judged");
        var fresh = Report("newly fitted", [.. others.Select(row => (model.Of(row.Features), row.Right))]);
        var shipped = Report("as shipped", [.. others.Select(row => (row.Stated, row.Right))]);
        Assert.InRange(fresh.Auc, 0.97, 1);
        Assert.InRange(shipped.Auc, 0.97, 1);
    }

    private Calibration Report(string name, (double, bool)[] answers)
    {
        var calibration = Calibration.Of(answers);
        var (threshold, count) = Calibration.ThresholdFor(answers, 0.95);
        output.WriteLine($"{name}: AUC {calibration.Auc:F3}; 95 % right from {threshold:F2} on, {count} of {answers.Length}");
        foreach (var (size, stated, right) in calibration.Bins) { output.WriteLine($"  {size,4} stated {stated:F2} right {right:F2}"); }
        return calibration;
    }

    private async Task<List<(double[] Features, double Stated, bool Right)>> PlayAsync(LearnerCorpus corpus, Func<string, bool> speakers, string name)
    {
        var options = new PocketSphinxOptions();
        using var decoder = Decoder.ForGuidance(options);
        var rows = new List<(double[], double, bool)>();
        var (audio, cpu) = (0.0, TimeSpan.Zero);
        var (offers, picked) = (0, 0);
        foreach (var offered in new[] { true, false })
        {
            foreach (var trial in ChoiceTrial.Draw(corpus, int.MaxValue, seed: 7, offered: offered, speakers: speakers))
            {
                var samples = await corpus.ReadAsync(trial.Recording, TestContext.Current.CancellationToken);
                var before = Process.GetCurrentProcess().UserProcessorTime;
                using var frontEnd = new FrontEnd(options);
                var cepstra = new Cepstra();
                frontEnd.Process(samples, cepstra);
                var result = Guidance.From(new RecognitionHints { Answers = trial.Offered })!.Decode(decoder, cepstra, TestContext.Current.CancellationToken);
                cpu += Process.GetCurrentProcess().UserProcessorTime - before;
                audio += samples.Length / 16_000.0;
                var right = result.Match?.Written == trial.Recording.Text;
                (offers, picked) = (offers + (offered ? 1 : 0), picked + (offered && right ? 1 : 0));
                if (!result.Decoding.IsEmpty) { rows.Add((AnswerConfidence.Features(result.Decoding, result.Rival), result.Confidence, right)); }
            }
        }
        output.WriteLine($"{name}: {picked} of {offers} picked rightly; CPU {cpu.TotalSeconds / audio:F3} s a second of audio");
        return rows;
    }
}
