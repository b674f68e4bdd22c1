using System.Text.Json.Nodes;
using Parley.Testing;
using Parley.Testing.Speech;

namespace Parley.Bench.Benchmarks;

/// <summary>What the coach takes: to judge a recording, to tell of a turn, to remember; and what the conversation pays for it.</summary>
internal sealed class LearningBenchmark : IBenchmark
{
    private const string Learners = "speechocean762-train";

    public string Name => "learning";

    public string Summary => "What the coach takes to judge pronunciation, to give feedback and to remember, and what the conversation pays for it.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var learners = SharedData.Folder(Learners, "scores.jsonl");
        if (!LearnerCorpus.IsAvailable(learners)) { throw new FileNotFoundException("The program flac, which reads the recordings, is not installed."); }
        var assess = await AssessmentSpeed.MeasureAsync(LearnerCorpus.Load(learners), arguments.Recordings, cancellationToken);
        var recall = await RecallSpeed.MeasureAsync(cancellationToken);
        var feedback = await FeedbackTurns.MeasureAsync(Math.Max(1, arguments.Turns / 4), cancellationToken);
        return new()
        {
            ["assess_rtf"] = assess["rtf"]!.DeepClone(),
            ["first_feedback_p95_ms"] = feedback["first_p95_ms"]!.DeepClone(),
            ["final_feedback_p95_ms"] = feedback["final_p95_ms"]!.DeepClone(),
            ["first_audio_ratio_on_off"] = feedback["first_audio_ratio_on_off"]!.DeepClone(),
            ["recall_p95_ms"] = recall["p95_ms"]!.DeepClone(),
            ["recall_at_10"] = recall["recall_at_10"]!.DeepClone(),
            ["assess"] = assess,
            ["feedback"] = feedback,
            ["recall"] = recall,
        };
    }
}
