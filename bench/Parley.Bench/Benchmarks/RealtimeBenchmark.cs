using System.Text.Json.Nodes;

namespace Parley.Bench.Benchmarks;

/// <summary>What OpenAI's Realtime dialect costs over the native one, what leaves it after interruptions, and two hundred of its sessions at once.</summary>
internal sealed class RealtimeBenchmark : IBenchmark
{
    public string Name => "realtime";

    public string Summary => "OpenAI's Realtime dialect beside the native one, and two hundred of its sessions at once.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var report = await DialectLatency.MeasureAsync(arguments.Turns, cancellationToken);
        report["interleaved"] = RealtimeInterleavings.Measure(cancellationToken);
        report["sessions200"] = await RealtimeSessions.MeasureAsync(Math.Max(2, arguments.Turns / 25), cancellationToken);
        return report;
    }
}
