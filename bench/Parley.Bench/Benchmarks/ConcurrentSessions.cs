using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Transports.Protocol;

namespace Parley.Bench.Benchmarks;

/// <summary>Twenty conversations at once. A frame is dropped if the server refused it, or if it came too late to be played or not at all.</summary>
internal static class ConcurrentSessions
{
    private const int Sessions = 20;

    private static readonly TimeSpan s_utterance = TimeSpan.FromMilliseconds(400), s_breath = TimeSpan.FromMilliseconds(200);

    /// <param name="turns">Of each session; a turn takes a little over a second.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        await using var app = await SimulatedServer.StartAsync(SimulatedServer.Engines(), cancellationToken);
        var speakers = new List<Speaker>();
        try
        {
            // Each takes another breath, so that they do not speak in chorus.
            for (var i = 0; i < Sessions; i++)
            {
                var breath = s_breath + TimeSpan.FromMilliseconds(RealTimeLoop.FrameMs * i);
                speakers.Add(await Speaker.ConnectAsync(app.WebSocketUri(), new(), new ToneLines(s_utterance, turns), breath));
            }
            BenchReport.Progress($"sessions20: {Sessions} sessions, {turns} turns each");
            var loop = new RealTimeLoop();
            await loop.RunAsync(
                () =>
                {
                    foreach (var speaker in speakers) { speaker.Tick(); }
                    return speakers.Any(s => !s.HasFinished);
                },
                cancellationToken);
            foreach (var speaker in speakers) { await speaker.EndAsync(); }

            var refused = speakers.Sum(s => s.Errors.Count(e => e == ErrorCodes.TooFast));
            var (late, missing) = (speakers.Sum(s => s.Playout.Late), speakers.Sum(s => s.Playout.Missing));
            var overhead = speakers.SelectMany(s => s.Turns).Select(t => t.Metrics.OverheadMs!.Value).ToArray();
            return new JsonObject
            {
                ["dropped_frames"] = refused + late + missing,
                ["refused_microphone_frames"] = refused,
                ["late_frames"] = late,
                ["missing_frames"] = missing,
                ["audio_frames"] = speakers.Sum(s => s.Playout.Packets),
                ["turns"] = overhead.Length,
                ["overhead_p50_ms"] = Percentiles.Of(overhead, 50),
                ["overhead_p99_ms"] = Percentiles.Of(overhead, 99),
                ["microphone_late_p99_ms"] = loop.LatenessP99Ms,
                ["load_average_1m"] = Machine.LoadAverage,
                ["errors"] = speakers.Sum(s => s.Errors.Count),
            };
        }
        finally
        {
            foreach (var speaker in speakers) { speaker.Dispose(); }
        }
    }
}
