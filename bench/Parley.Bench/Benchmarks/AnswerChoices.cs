using System.Text.Json.Nodes;
using Parley.Asr;
using Parley.Bench.Reporting;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>Learners read one of four offered sentences: how often it is the one that is heard, how fast, and whether the confidence is true.</summary>
internal static class AnswerChoices
{
    private const int Seed = 1, Choices = 4;

    /// <param name="recognizer">Who listens.</param>
    /// <param name="corpus">Who reads: of its speakers those to whom the confidence was not fitted.</param>
    /// <param name="recordings">How many recordings are played, if there are so many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<JsonObject> MeasureAsync(
        ISpeechRecognizer recognizer, LearnerCorpus corpus, int recordings, CancellationToken cancellationToken)
    {
        var outcomes = await PlayAsync(offered: true);
        // Where the right text is on offer nearly every answer is right, so that alone says little of a probability: the same with four wrong texts.
        var absent = await PlayAsync(offered: false);
        var mixed = Calibrate([.. outcomes, .. absent]);
        return new JsonObject
        {
            ["recordings"] = outcomes.Count,
            ["right_percent"] = Math.Round(100.0 * outcomes.Count(outcome => outcome.IsRight) / outcomes.Count, 1),
            ["final_p50_ms"] = Percentiles.Of([.. outcomes.Select(outcome => outcome.Elapsed.TotalMilliseconds)], 50),
            ["final_p95_ms"] = Percentiles.Of([.. outcomes.Select(outcome => outcome.Elapsed.TotalMilliseconds)], 95),
            ["audio_p50_ms"] = Percentiles.Of([.. outcomes.Select(outcome => outcome.Audio.TotalMilliseconds)], 50),
            ["cpu_per_audio_second"] = Math.Round(outcomes.Sum(outcome => outcome.Cpu.TotalSeconds) / outcomes.Sum(outcome => outcome.Audio.TotalSeconds), 3),
            ["calibration"] = Table(Calibrate(outcomes)),
            ["calibration_half_absent"] = Table(mixed),
            ["auc_half_absent"] = Math.Round(mixed.Auc, 3),
            ["load_average_1m"] = Machine.LoadAverage,
        };

        async Task<IReadOnlyList<ChoiceOutcome>> PlayAsync(bool offered)
        {
            var name = offered ? "choices" : "choices, right text absent";
            var trials = ChoiceTrial.Draw(corpus, recordings, Seed, Choices, offered, speaker => !corpus.FittedSpeakers.Contains(speaker));
            if (trials.Count == 0) { throw new FileNotFoundException($"{corpus.Folder} has no speaker with {Choices} sentences to choose from."); }
            var played = new List<ChoiceOutcome>();
            foreach (var trial in trials)
            {
                played.Add(await ChoiceOutcome.PlayAsync(recognizer, corpus, trial, cancellationToken: cancellationToken));
                if (played.Count % 50 == 0) { BenchReport.Progress($"{name}: {played.Count} of {trials.Count} recordings"); }
            }
            return played;
        }
    }

    private static Calibration Calibrate(IEnumerable<ChoiceOutcome> outcomes) =>
        Calibration.Of([.. outcomes.Select(outcome => (outcome.Final.Confidence, outcome.IsRight))]);

    private static JsonArray Table(Calibration calibration) => new([.. calibration.Bins.Select(bin => new JsonObject
    {
        ["stated"] = Math.Round(bin.Stated, 3), ["right"] = Math.Round(bin.Right, 3), ["n"] = bin.Count,
    })]);
}
