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
        var trials = ChoiceTrial.Draw(corpus, recordings, Seed, Choices, speakers: speaker => !corpus.FittedSpeakers.Contains(speaker));
        if (trials.Count == 0) { throw new FileNotFoundException($"{corpus.Folder} has no speaker with {Choices} sentences to choose from."); }
        var outcomes = new List<ChoiceOutcome>();
        foreach (var trial in trials)
        {
            outcomes.Add(await ChoiceOutcome.PlayAsync(recognizer, corpus, trial, cancellationToken: cancellationToken));
            if (outcomes.Count % 25 == 0) { BenchReport.Progress($"choices: {outcomes.Count} of {trials.Count} recordings"); }
        }

        var calibration = Calibration.Of([.. outcomes.Select(outcome => (outcome.Final.Confidence, outcome.IsRight))]);
        return new JsonObject
        {
            ["recordings"] = outcomes.Count,
            ["right_percent"] = Math.Round(100.0 * outcomes.Count(outcome => outcome.IsRight) / outcomes.Count, 1),
            ["final_p50_ms"] = Percentiles.Of([.. outcomes.Select(outcome => outcome.Elapsed.TotalMilliseconds)], 50),
            ["final_p95_ms"] = Percentiles.Of([.. outcomes.Select(outcome => outcome.Elapsed.TotalMilliseconds)], 95),
            ["audio_p50_ms"] = Percentiles.Of([.. outcomes.Select(outcome => outcome.Audio.TotalMilliseconds)], 50),
            ["cpu_per_audio_second"] = Math.Round(outcomes.Sum(outcome => outcome.Cpu.TotalSeconds) / outcomes.Sum(outcome => outcome.Audio.TotalSeconds), 3),
            ["calibration"] = new JsonArray([.. calibration.Bins.Select(bin => new JsonObject
            {
                ["stated"] = Math.Round(bin.Stated, 3), ["right"] = Math.Round(bin.Right, 3), ["n"] = bin.Count,
            })]),
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }
}
