using System.Text.Json.Nodes;
using Parley.Onnx.Vad;
using Parley.PocketSphinx.Asr;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>How often a speaker who pauses is cut off, and how long one who has finished waits: learners, native speakers, a conversation.</summary>
internal sealed class EndpointBenchmark : IBenchmark
{
    private const string Learners = "speechocean762-train";

    // A busy machine is no reason to fail.
    private static readonly PocketSphinxOptions s_patient = new()
    {
        PoolSize = EndpointPauses.Parallelism, GuidedPoolSize = EndpointPauses.Parallelism,
        LeaseTimeout = TimeSpan.FromMinutes(1), DecodeTimeout = TimeSpan.FromMinutes(2),
    };

    public string Name => "endpoint";

    public string Summary => "How often a pause is taken for the end of a turn, and how long the end takes to be noticed.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var speech = SharedData.Folder("speech", "transcripts.tsv");
        var learners = SharedData.Folder(Learners, "scores.jsonl");
        if (!LearnerCorpus.IsAvailable(learners)) { throw new FileNotFoundException("The program flac, which reads the recordings, is not installed."); }
        using var recognizer = new PocketSphinxRecognizer(s_patient);
        using var vad = new SileroVoiceActivityDetector();
        var pauses = new EndpointPauses(recognizer, vad);
        await pauses.AddLearnersAsync(LearnerCorpus.Load(learners), arguments.Recordings, cancellationToken);
        await pauses.AddNativeSpeakersAsync(speech, cancellationToken);
        await pauses.AddConversationAsync(speech, cancellationToken);
        return EndpointFigures.Of(pauses.Heard);
    }
}
