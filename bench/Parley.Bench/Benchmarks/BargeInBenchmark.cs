using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Flite.Tts;
using Parley.Onnx.Vad;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>
/// How fast the assistant falls silent when somebody speaks over it, whether anything of a cancelled reply ever leaves, how well it knows what
/// was heard, and what it takes for an interruption.
/// </summary>
internal sealed class BargeInBenchmark : IBenchmark
{
    public string Name => "barge-in";

    public string Summary => "Speaking over the assistant: how fast it stops, what leaves after that, what it knows was heard, what it stops for.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        // All that is needed is looked for before the first minute is spent.
        var speech = SharedData.TryFind(Path.Combine("speech", "transcripts.tsv")) is { } path ? Path.GetDirectoryName(path)!
            : throw new FileNotFoundException("The recordings are not there: ../shared/data/speech, seen from the repository.");
        var learners = SharedData.TryFind(Path.Combine("speechocean762-train", "scores.jsonl")) is { } scores ? Path.GetDirectoryName(scores)!
            : throw new FileNotFoundException("The learners' recordings are not there: ../shared/data/speechocean762-train, seen from the repository.");
        RecordedSentence[] recordings = [.. RecordedSentence.ReadAll(speech), .. await ReadLearnersAsync(learners, cancellationToken)];
        var voice = new FliteSynthesizer();
        using var vad = new SileroVoiceActivityDetector();
        using var recognizer = new PocketSphinxRecognizer();

        var spoken = await SpokenInterruptions.MeasureAsync(vad, recognizer, voice, recordings, cancellationToken);
        var filter = await InterruptionKinds.MeasureAsync(vad, recognizer, voice, speech, cancellationToken);
        var heard = HeardHistory.Measure(voice, cancellationToken);
        var interleaved = Interleavings.Measure(arguments.Conversations, cancellationToken);
        return new()
        {
            ["onset_to_last_stale_p99_ms"] = Take(spoken, "onset_to_last_stale_p99_ms"),
            ["spoken_to_silent_p95_ms"] = Take(spoken, "spoken_to_silent_p95_ms"),
            ["interleavings"] = Take(interleaved, "interleavings"),
            ["stale_packets"] = Take(interleaved, "stale_packets"),
            ["heard_history_error_p95_words"] = Take(heard, "error_p95_words"),
            ["spoken"] = spoken,
            ["interleaved"] = interleaved,
            ["heard"] = heard,
            ["filter"] = filter,
        };
    }

    /// <summary>Learners from all over the corpus: native readers alone would say little about who will interrupt.</summary>
    private static async Task<IReadOnlyList<RecordedSentence>> ReadLearnersAsync(string folder, CancellationToken cancellationToken)
    {
        const int Count = 30;
        var corpus = LearnerCorpus.Load(folder);
        var sentences = new List<RecordedSentence>();
        foreach (var recording in corpus.Recordings.Where((_, i) => i % (corpus.Recordings.Count / Count) == 0))
        {
            if (RecordedSentence.Of(recording.Id, await corpus.ReadAsync(recording, cancellationToken)) is { } sentence) { sentences.Add(sentence); }
        }
        return sentences;
    }

    private static JsonNode? Take(JsonObject part, string key)
    {
        var value = part[key];
        part.Remove(key);
        return value;
    }
}
