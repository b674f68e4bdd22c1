using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>One session, engines of known latency, real clock and real socket: the rest is overhead.</summary>
internal static class SimulatedTurns
{
    /// <summary>Turns before those that count: the first one is compiled while it runs, and is told apart.</summary>
    private const int WarmUp = 3;

    private static readonly TimeSpan s_utterance = TimeSpan.FromMilliseconds(300), s_breath = TimeSpan.FromMilliseconds(100);

    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        var engines = SimulatedServer.Engines();
        await using var app = await SimulatedServer.StartAsync(engines, cancellationToken);
        using var speaker = await Speaker.ConnectAsync(app.WebSocketUri(), new(), new ToneLines(s_utterance, WarmUp + turns), s_breath);
        var loop = new RealTimeLoop();
        var told = 0;
        await loop.RunAsync(
            () =>
            {
                speaker.Tick();
                if (speaker.Turns.Count >= told + 25) { BenchReport.Progress($"simulated: {told = speaker.Turns.Count} of {WarmUp + turns} turns"); }
                return !speaker.HasFinished;
            },
            cancellationToken);
        await speaker.EndAsync();

        var counted = speaker.Turns.Skip(WarmUp).ToArray();
        var overhead = counted.Select(t => t.Metrics.OverheadMs!.Value).ToArray();
        var known = (engines.Turn.Normal + SimulatedServer.Final + SimulatedServer.FirstToken + SimulatedServer.FirstAudio).TotalMilliseconds;
        var clientOverhead = counted.Select(t => t.FirstAudioMs - known).ToArray();
        return new JsonObject
        {
            ["turns"] = counted.Length,
            ["overhead_p50_ms"] = Percentiles.Of(overhead, 50),
            ["overhead_p99_ms"] = Percentiles.Of(overhead, 99),
            ["overhead_max_ms"] = overhead.Max(),
            ["first_turn_overhead_ms"] = speaker.Turns[0].Metrics.OverheadMs,
            ["client_overhead_p50_ms"] = Percentiles.Of(clientOverhead, 50),
            ["client_overhead_p99_ms"] = Percentiles.Of(clientOverhead, 99),
            ["microphone_late_p99_ms"] = loop.LatenessP99Ms,
            ["load_average_1m"] = Machine.LoadAverage,
            ["errors"] = speaker.Errors.Count,
        };
    }
}
