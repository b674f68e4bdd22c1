using System.Text.Json.Nodes;
using Parley.Asr;
using Parley.Bench.Reporting;
using Parley.Testing;
using Parley.Testing.Speech;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Bench.Benchmarks;

/// <summary>What sounds during a reply are taken for: coughs, breaths, keyboards, hums, words of attention, echoes, commands and people's sentences.</summary>
internal static class InterruptionKinds
{
    private const string Learners = "speechocean762-train";
    private const int LearnerStep = 14;

    /// <summary>Faster than real time, and yet slow enough for the recogniser to keep up.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(6);

    public static async Task<JsonObject> MeasureAsync(
        IVoiceActivityDetector vad, ISpeechRecognizer recognizer, ISpeechSynthesizer voice, string speech, CancellationToken cancellationToken)
    {
        var trials = InterruptionTrials.Noises().ToList();
        trials.AddRange(InterruptionTrials.Sentences(Directory.GetFiles(speech, "*.wav").Order(StringComparer.Ordinal)));
        trials.AddRange(await LearnersAsync(cancellationToken));
        trials.AddRange(await InterruptionTrials.SpokenAsync(voice, [.. voice.Voices.Take(4)], cancellationToken));
        var outcomes = new List<(InterruptionTrial Trial, InterruptionOutcome Outcome)>();
        foreach (var trial in trials)
        {
            outcomes.Add((trial, await InterruptionOutcome.PlayAsync(vad, recognizer, trial, s_pace, cancellationToken)));
            if (outcomes.Count % 50 == 0) { BenchReport.Progress($"filter: {outcomes.Count} of {trials.Count} sounds"); }
        }
        return new JsonObject
        {
            ["stopped_wrongly_percent"] = Percent(outcomes.Where(o => !InterruptionTrials.ShouldStop(o.Trial.Group)), o => o.Outcome.Stopped),
            ["missed_percent"] = Percent(outcomes.Where(o => InterruptionTrials.ShouldStop(o.Trial.Group)), o => !o.Outcome.Stopped),
            ["table"] = new JsonArray([.. outcomes.GroupBy(o => o.Trial.Group).Select(group => Row(group.Key, [.. group.Select(o => o.Outcome)]))]),
        };
    }

    private static JsonObject Row(string group, InterruptionOutcome[] outcomes)
    {
        var row = new JsonObject { ["sound"] = group, ["n"] = outcomes.Length, ["not_noticed"] = outcomes.Count(o => o.Kind is null) };
        foreach (var kind in Enum.GetValues<Turns.Interruptions.InterruptionKind>())
        {
            row[kind.ToString().ToLowerInvariant()] = outcomes.Count(o => o.Kind == kind);
        }
        return row;
    }

    private static async Task<IReadOnlyList<InterruptionTrial>> LearnersAsync(CancellationToken cancellationToken)
    {
        if (SharedData.TryFind(Path.Combine(Learners, "scores.jsonl")) is not { } scores || !LearnerCorpus.IsAvailable(Path.GetDirectoryName(scores)!)) { return []; }
        var corpus = LearnerCorpus.Load(Path.GetDirectoryName(scores)!);
        var trials = new List<InterruptionTrial>();
        foreach (var recording in corpus.Recordings.Where((_, i) => i % LearnerStep == 0))
        {
            trials.Add(InterruptionTrials.Sentence(recording.Id, await corpus.ReadAsync(recording, cancellationToken)));
        }
        return trials;
    }

    private static double Percent<T>(IEnumerable<T> items, Func<T, bool> which) => Math.Round(100 * items.Average(item => which(item) ? 1.0 : 0), 1);
}
