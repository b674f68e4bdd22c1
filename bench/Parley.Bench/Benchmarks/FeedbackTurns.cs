using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Transports.Protocol;

namespace Parley.Bench.Benchmarks;

/// <summary>When feedback comes after the last sample of speech, with the engines that every installation has, and whether the answers come later for it.</summary>
/// <remarks>Conversations with feedback and without take turns on one server, so that the load is the same for both.</remarks>
internal static class FeedbackTurns
{
    private static readonly SessionConfig s_on = EmbeddedServer.Cafe with { Feedback = new FeedbackConfig { Pronunciation = true, Grammar = true, Discourse = true } };

    private const int Slowest = 5;

    /// <exception cref="Diagnostics.VoiceException">An engine is missing; the message says what to install.</exception>
    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        await using var server = await EmbeddedServer.StartAsync(["--Parley:Learners:Enabled=false"], cancellationToken);
        // Both warm: the coach loads its rules and its acoustic model with the first turn.
        await server.ConverseAsync("warm-up", 2, cancellationToken, s_on);
        var (on, off) = (new List<TurnRecord>(), new List<TurnRecord>());
        for (var round = 0; on.Count < turns || off.Count < turns; round++)
        {
            off.AddRange(await server.TalkAsync(round, turns, cancellationToken));
            on.AddRange(await server.TalkAsync(round, turns, cancellationToken, s_on));
            BenchReport.Progress($"feedback: {on.Count} of {turns} turns");
        }
        var (first, final) = (on.Select(t => t.FirstFeedbackMs).OfType<double>().ToArray(), on.Select(t => t.FinalFeedbackMs).OfType<double>().ToArray());
        return new JsonObject
        {
            ["turns"] = on.Count,
            ["first_p50_ms"] = Percentiles.Of(first, 50),
            ["first_p95_ms"] = Percentiles.Of(first, 95),
            ["final_p50_ms"] = Percentiles.Of(final, 50),
            ["final_p95_ms"] = Percentiles.Of(final, 95),
            ["without_feedback"] = on.Count - final.Length,
            ["slowest"] = new JsonArray([.. on.Where(t => t.FinalFeedbackMs is not null).OrderByDescending(t => t.FinalFeedbackMs).Take(Slowest).Select(Stages)]),
            ["first_audio_on_p50_ms"] = FirstAudio(on, 50),
            ["first_audio_off_p50_ms"] = FirstAudio(off, 50),
            ["first_audio_on_p95_ms"] = FirstAudio(on, 95),
            ["first_audio_off_p95_ms"] = FirstAudio(off, 95),
            ["first_audio_ratio_on_off"] = Math.Round(FirstAudio(on, 50) / FirstAudio(off, 50), 3),
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }

    // Where its time went.
    private static JsonObject Stages(TurnRecord turn) => new()
    {
        ["endpoint_ms"] = turn.Metrics.EndpointMs,
        ["asr_final_ms"] = turn.Metrics.AsrFinalMs,
        ["first_audio_ms"] = Math.Round(turn.FirstAudioMs, 1),
        ["first_ms"] = Math.Round(turn.FirstFeedbackMs!.Value, 1),
        ["final_ms"] = Math.Round(turn.FinalFeedbackMs!.Value, 1),
    };

    private static double FirstAudio(IEnumerable<TurnRecord> turns, double percent) => Percentiles.Of([.. turns.Select(t => t.FirstAudioMs)], percent);
}
