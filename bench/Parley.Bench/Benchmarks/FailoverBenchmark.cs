using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Resilience;

namespace Parley.Bench.Benchmarks;

/// <summary>Kills the first recogniser, language model and synthesiser in the middle of many conversations, brings them back, and counts who was answered.</summary>
/// <remarks>A killed engine takes calls and gives nothing, which is worse than one that refuses them: somebody has to wait until it is found out.</remarks>
internal sealed class FailoverBenchmark : IBenchmark
{
    /// <summary>A thousand turns by default.</summary>
    private const int TurnsFactor = 5;

    private const int Sessions = 20, TicksBetweenLooks = 10;

    private static readonly TimeSpan s_utterance = TimeSpan.FromMilliseconds(400), s_breath = TimeSpan.FromMilliseconds(200);

    public string Name => "failover";

    public string Summary => "Conversations whose first recogniser, language model and synthesiser die and come back.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var each = Math.Max(10, arguments.Turns * TurnsFactor / Sessions);
        var (engines, options) = (SimulatedServer.Engines(), new ResilienceOptions());
        engines.JoinWithSpares(options);
        (engines.SpareAsr.FinalLatency, engines.SpareChat.FirstTokenLatency, engines.SpareTts.FirstAudioLatency) =
            (SimulatedServer.Final, SimulatedServer.FirstToken, SimulatedServer.FirstAudio);
        engines.SpareChat.Texts = engines.Chat.Texts;
        await using var app = await SimulatedServer.StartAsync(engines, cancellationToken);
        var speakers = new List<Speaker>();
        try
        {
            for (var i = 0; i < Sessions; i++)
            {
                var breath = s_breath + TimeSpan.FromMilliseconds(RealTimeLoop.FrameMs * i);
                speakers.Add(await Speaker.ConnectAsync(app.WebSocketUri(), new(), new ToneLines(s_utterance, each), breath));
            }
            var plan = new FailoverPlan(engines, Sessions * each);
            var loop = new RealTimeLoop();
            var ticks = 0;
            await loop.RunAsync(
                () =>
                {
                    foreach (var speaker in speakers) { speaker.TickOrGiveUp(); }
                    if (++ticks % TicksBetweenLooks == 0) { plan.Look(speakers.Sum(s => s.TurnCount)); }
                    return speakers.Any(s => !s.HasFinished);
                },
                cancellationToken);
            foreach (var speaker in speakers) { await speaker.EndAsync(); }
            return Report(speakers, plan, options, Sessions * each, loop);
        }
        finally
        {
            foreach (var speaker in speakers) { speaker.Dispose(); }
        }
    }

    private static JsonObject Report(List<Speaker> speakers, FailoverPlan plan, ResilienceOptions options, int turns, RealTimeLoop loop)
    {
        var records = speakers.SelectMany(s => s.Turns).ToArray();
        var quiet = Percentiles.Of([.. records.Where(t => t.AudioArrived < plan.FirstKill).Select(t => t.FirstAudioMs)], 50);
        var delays = records.Where(t => t.AudioArrived >= plan.FirstKill).Select(t => t.FirstAudioMs - quiet).ToArray();
        var changes = speakers.SelectMany(s => s.Changes).ToArray();
        return new JsonObject
        {
            ["turns"] = turns,
            // An apology is heard too, and is no answer.
            ["answered"] = records.Length - speakers.Sum(s => s.Errors.Count),
            ["worst_delay_ms"] = Math.Round(delays.Max(), 1),
            ["stage_timeout_ms"] = new JsonObject
            {
                ["asr"] = options.Asr.Timeout.TotalMilliseconds, ["reply"] = options.Reply.Timeout.TotalMilliseconds, ["tts"] = options.Tts.Timeout.TotalMilliseconds,
            },
            ["undisturbed_first_audio_p50_ms"] = quiet,
            ["delay_p50_ms"] = Percentiles.Of(delays, 50),
            ["delay_p99_ms"] = Percentiles.Of(delays, 99),
            ["delayed_over_1s"] = delays.Count(d => d > 1_000),
            ["degraded"] = changes.Count(c => c.Recovered != true),
            ["recovered"] = changes.Count(c => c.Recovered == true),
            ["errors"] = speakers.Sum(s => s.Errors.Count),
            ["sessions"] = speakers.Count,
            ["killed_at_turns"] = new JsonArray([.. plan.Kills.Select(k => JsonValue.Create(k))]),
            ["microphone_late_p99_ms"] = loop.LatenessP99Ms,
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }
}
