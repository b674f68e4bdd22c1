using System.Text.Json.Nodes;
using Parley.Asr;
using Parley.Bench.Reporting;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>Word error rates of learners who say what they like: without a scenario, in one that has such a sentence, and in one that has others.</summary>
/// <remarks>Scenarios are made of the texts of the corpus, for it has none: each has as many sentences as <see cref="Sentences"/>, and the recogniser is not told which one comes.</remarks>
internal static class LearnerDictation
{
    /// <summary>Sentences of a scenario.</summary>
    public const int Sentences = 40;

    /// <param name="recognizer">Who listens.</param>
    /// <param name="corpus">Who speaks: those to whom nothing was fitted.</param>
    /// <param name="recordings">How many recordings are heard, if there are so many; evenly from all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<JsonObject> MeasureAsync(ISpeechRecognizer recognizer, LearnerCorpus corpus, int recordings, CancellationToken cancellationToken)
    {
        string[] texts = [.. corpus.Recordings.Select(r => r.Text).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<string>[] scenarios = [.. texts.Chunk(Sentences)];
        LearnerRecording[] strangers = [.. corpus.Recordings.Where(r => !corpus.FittedSpeakers.Contains(r.Speaker))];
        LearnerRecording[] chosen = [.. Enumerable.Range(0, Math.Min(recordings, strangers.Length)).Select(i => strangers[(int)((long)i * strangers.Length / Math.Min(recordings, strangers.Length))])];
        return new JsonObject
        {
            ["recordings"] = chosen.Length,
            ["free_percent"] = await HearAsync("free", _ => null),
            ["scenario_percent"] = await HearAsync("scenario", scenario => scenarios[scenario]),
            ["other_scenario_percent"] = await HearAsync("other scenario", scenario => scenarios[(scenario + 1) % scenarios.Length]),
        };

        async Task<double> HearAsync(string name, Func<int, IReadOnlyList<string>?> sentences)
        {
            var heard = new List<(string, string)>();
            foreach (var recording in chosen)
            {
                var list = sentences(Array.IndexOf(texts, recording.Text) / Sentences);
                heard.Add((recording.Text, await DictationErrors.DictateAsync(recognizer, await corpus.ReadAsync(recording, cancellationToken), cancellationToken, list is null ? null : new RecognitionHints { Sentences = list })));
                if (heard.Count % 20 == 0) { BenchReport.Progress($"learners, {name}: {heard.Count} of {chosen.Length} recordings, {WordErrorRate.Of(heard).Percent:0.0} %"); }
            }
            return Math.Round(WordErrorRate.Of(heard).Percent, 1);
        }
    }
}
