using Parley.Onnx.Vad;
using Parley.PocketSphinx.Asr;
using Parley.Engines.Tests.PocketSphinx;
using Parley.Testing;
using Parley.Testing.Speech;
using Parley.Turns.Endpointing;

namespace Parley.Engines.Tests.Turns;

/// <summary>Fits the weights of <see cref="EndpointEvidence"/> to every second speaker and judges them by the others. Minutes long, so it runs only when asked for.</summary>
/// <remarks>
/// Each sentence gives its end and, together as much, two pauses that are put into it. Pauses that speakers make of themselves are few, and count
/// double, so that what is learned of cutting a recording weighs less than what is learned of speaking.
/// </remarks>
public sealed class EndpointTraining(ITestOutputHelper output)
{
    private const int Recordings = 300, Cuts = 2, Parallelism = 2;

    [Fact(Explicit = true)]
    public async Task Fit_HalfOfTheSpeakers_HoldsForTheOthers()
    {
        var folder = Path.GetDirectoryName(SharedData.Find("speechocean762-train/scores.jsonl"))!;
        Assert.SkipUnless(LearnerCorpus.IsAvailable(folder), "The command flac, which reads the corpus, is not on this machine.");
        var corpus = LearnerCorpus.Load(folder);
        var pauses = await PlayAsync(corpus);
        var fitted = pauses.Where(pause => corpus.FittedSpeakers.Contains(pause.Trial.Speaker)).ToArray();
        var others = pauses.Except(fitted).ToArray();

        var model = LogisticFit.Of([.. fitted.SelectMany(Weighted)]);
        output.WriteLine($"{fitted.Length} pauses; bias {model.Bias:F3}");
        foreach (var (name, weight) in EndpointFeatures.Names.Zip(model.Weights)) { output.WriteLine($"  {name,-16} {weight:F3}"); }

        foreach (var kind in new[] { PauseKind.Inserted, PauseKind.Natural })
        {
            Report($"newly fitted, {kind}", kind, pause => model.Of(Features(pause)));
            Assert.InRange(Report($"as shipped, {kind}", kind, pause => 1 / (1 + Math.Exp(-EndpointEvidence.Weigh(pause.Signals)))).Auc, 0.75, 1);
        }

        Calibration Report(string name, PauseKind kind, Func<HeardPause, double> stated)
        {
            var calibration = Calibration.Of(
                [.. others.Where(pause => pause.Trial.Kind is PauseKind.End || pause.Trial.Kind == kind).Select(pause => (stated(pause), pause.Trial.Kind == PauseKind.End))]);
            output.WriteLine($"{name}: AUC {calibration.Auc:F3}");
            foreach (var (size, probability, right) in calibration.Bins) { output.WriteLine($"  {size,4} stated {probability:F2} over {right:F2}"); }
            return calibration;
        }
    }

    private static async Task<IReadOnlyList<HeardPause>> PlayAsync(LearnerCorpus corpus)
    {
        using var recognizer = new PocketSphinxRecognizer(new PocketSphinxOptions { LeaseTimeout = TimeSpan.FromMinutes(1), DecodeTimeout = TimeSpan.FromMinutes(2) });
        using var vad = new SileroVoiceActivityDetector();
        var pauses = new List<HeardPause>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(corpus.Recordings.Take(Recordings), options, async (recording, token) =>
        {
            var samples = await corpus.ReadAsync(recording, token);
            var words = await PauseTrials.AlignAsync(recognizer, samples, recording.Text, token);
            foreach (var trial in PauseTrials.Of(recording.Speaker, samples, words, Cuts, seed: int.Parse(recording.Id)))
            {
                var pause = await HeardPause.PlayAsync(vad, recognizer, trial, token);
                lock (pauses) { if (pause.Reached > TimeSpan.Zero) { pauses.Add(pause); } }
            }
        });
        return pauses;
    }

    // In halves: 1 for an end, 1/2 for one of two cuts, 2 for a pause of the speaker's own.
    private static IEnumerable<(double[] Features, bool Yes)> Weighted(HeardPause pause) => Enumerable.Repeat(
        (Features(pause), pause.Trial.Kind == PauseKind.End), pause.Trial.Kind switch { PauseKind.End => 2, PauseKind.Inserted => 1, _ => 4 });

    private static double[] Features(HeardPause pause)
    {
        var features = new double[EndpointFeatures.Count];
        EndpointFeatures.Write(pause.Signals, PartialText.Read(pause.Signals.Partial), features);
        return features;
    }
}
