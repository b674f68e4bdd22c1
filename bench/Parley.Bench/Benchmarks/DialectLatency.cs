using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Load.Dialects;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>One talker in each dialect at the same server at the same time: what differs between them is the dialect.</summary>
internal static class DialectLatency
{
    private const int WarmUp = 5;

    private static readonly TimeSpan s_speech = TimeSpan.FromMilliseconds(300), s_breath = TimeSpan.FromMilliseconds(100);

    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        var engines = SimulatedServer.Engines();
        await using var app = await SimulatedServer.StartAsync(engines, cancellationToken);
        using var native = new Talker(await NativeLine.ConnectAsync(app.WebSocketUri()), WarmUp + turns, s_speech, s_breath);
        // Another breath, so that they do not speak in step for long.
        using var realtime = new Talker(await RealtimeLine.ConnectAsync(app.WebSocketUri()), WarmUp + turns, s_speech, s_breath + TimeSpan.FromMilliseconds(RealTimeLoop.FrameMs));
        var loop = new RealTimeLoop();
        var told = 0;
        await loop.RunAsync(
            () =>
            {
                native.Tick();
                realtime.Tick();
                if (realtime.FirstAudio.Count >= told + 25) { BenchReport.Progress($"dialects: {told = realtime.FirstAudio.Count} of {WarmUp + turns} turns"); }
                return !native.HasFinished || !realtime.HasFinished;
            },
            cancellationToken);
        await native.EndAsync();
        await realtime.EndAsync();

        var known = (engines.Turn.Normal + SimulatedServer.Final + SimulatedServer.FirstToken + SimulatedServer.FirstAudio).TotalMilliseconds;
        var (one, other) = (Overhead(native), Overhead(realtime));
        return new JsonObject
        {
            ["turns"] = turns,
            ["added_latency_p50_ms"] = Math.Round(Percentiles.Of(other, 50) - Percentiles.Of(one, 50), 2),
            ["native_overhead_p50_ms"] = Percentiles.Of(one, 50),
            ["native_overhead_p99_ms"] = Percentiles.Of(one, 99),
            ["realtime_overhead_p50_ms"] = Percentiles.Of(other, 50),
            ["realtime_overhead_p99_ms"] = Percentiles.Of(other, 99),
            ["microphone_late_p99_ms"] = loop.LatenessP99Ms,
            ["load_average_1m"] = Machine.LoadAverage,
            ["errors"] = native.Errors + realtime.Errors,
        };

        double[] Overhead(Talker talker) => [.. talker.FirstAudio.Skip(WarmUp).Select(ms => ms - known)];
    }
}
