using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Load.Dialects;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>Two hundred Realtime sessions at once, with simulated engines.</summary>
internal static class RealtimeSessions
{
    private const int Sessions = 200;

    private static readonly TimeSpan s_speech = TimeSpan.FromMilliseconds(400), s_breath = TimeSpan.FromMilliseconds(200);

    /// <param name="turns">Of each session; a turn takes some two seconds.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        using var overhead = new OverheadListener();
        await using var app = await SimulatedServer.StartAsync(SimulatedServer.Engines(), cancellationToken);
        var talkers = new List<Talker>();
        try
        {
            for (var i = 0; i < Sessions; i++)
            {
                var breath = s_breath + TimeSpan.FromMilliseconds(RealTimeLoop.FrameMs * (i % 100));
                talkers.Add(new Talker(await RealtimeLine.ConnectAsync(app.WebSocketUri()), turns, s_speech, breath));
            }
            BenchReport.Progress($"sessions200: {Sessions} sessions, {turns} turns each");
            var loop = new RealTimeLoop();
            await loop.RunAsync(
                () =>
                {
                    foreach (var talker in talkers) { talker.Tick(); }
                    return talkers.Any(t => !t.HasFinished);
                },
                cancellationToken);
            foreach (var talker in talkers) { await talker.EndAsync(); }
            return new JsonObject
            {
                ["sessions"] = Sessions,
                ["turns"] = overhead.Ms.Count,
                ["overhead_p50_ms"] = Percentiles.Of(overhead.Ms, 50),
                ["overhead_p99_ms"] = Percentiles.Of(overhead.Ms, 99),
                ["overhead_max_ms"] = Math.Round(overhead.Ms.Max(), 2),
                ["microphone_late_p99_ms"] = loop.LatenessP99Ms,
                ["load_average_1m"] = Machine.LoadAverage,
                ["errors"] = talkers.Sum(t => t.Errors),
            };
        }
        finally
        {
            foreach (var talker in talkers) { talker.Dispose(); }
        }
    }
}
