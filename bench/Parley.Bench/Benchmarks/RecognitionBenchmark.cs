using System.Text.Json.Nodes;
using Parley.Flite.Tts;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>How well and how fast the recogniser of every installation understands: free dictation, and learners' answers among four offered ones.</summary>
internal sealed class RecognitionBenchmark : IBenchmark
{
    private const string Learners = "speechocean762-train";

    public string Name => "recognition";

    public string Summary => "How well and how fast the embedded recogniser understands: free dictation, learners with and without a scenario, and a choice of four answers.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        // All that is needed is looked for before the first minute is spent.
        var speech = SharedData.Folder("speech", "transcripts.tsv");
        var learners = SharedData.Folder(Learners, "scores.jsonl");
        if (!LearnerCorpus.IsAvailable(learners)) { throw new FileNotFoundException("The program flac, which reads the recordings, is not installed."); }
        var voice = new FliteSynthesizer();
        using var recognizer = new PocketSphinxRecognizer();
        return new()
        {
            ["wer"] = await DictationErrors.MeasureAsync(recognizer, voice, speech, cancellationToken),
            ["learners"] = await LearnerDictation.MeasureAsync(recognizer, LearnerCorpus.Load(learners), arguments.Recordings, cancellationToken),
            ["choices"] = await AnswerChoices.MeasureAsync(recognizer, LearnerCorpus.Load(learners), arguments.Recordings, cancellationToken),
        };
    }
}
