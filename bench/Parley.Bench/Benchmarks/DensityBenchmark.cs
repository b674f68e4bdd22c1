using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing;

namespace Parley.Bench.Benchmarks;

/// <summary>How many conversations one process holds: more and more of them, until their listeners notice.</summary>
internal sealed class DensityBenchmark : IBenchmark
{
    // What people are promised is no gap at all; so few do not hide how the curve goes on. The first level that breaks these is the last.
    private const double MaxOverheadP99Ms = 50, MaxGapsPerTurn = 0.02;

    // Until what is called often is compiled anew.
    private const int WarmUpSessions = 100;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(60);

    private static readonly int[] s_levels = [20, 50, 100, 200, 400, 600, 800, 1_000];
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(20);

    public string Name => "density";

    public string Summary => "How many conversations one process holds: more and more of them, until their listeners notice.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var speech = SharedData.Folder("speech", "transcripts.tsv");
        using var server = await DensityProcess.StartAsync(cancellationToken);
        var load = new LoadGenerator(server.Address, speech);
        await load.RunAsync(WarmUpSessions, s_warmUp, isEcho: false, static () => { }, cancellationToken);

        var levels = new JsonArray();
        foreach (var sessions in s_levels)
        {
            var level = await RunAsync(load, server, sessions, isEcho: false, cancellationToken);
            levels.Add(level);
            BenchReport.Progress(FormattableString.Invariant($"density: {sessions} sessions, overhead p99 {level["overhead_p99_ms"]} ms, {level["gaps"]} gaps"));
            if (IsBroken(level)) { break; }
        }
        return new JsonObject
        {
            ["levels"] = levels,
            ["echo_limit"] = await RunAsync(load, server, s_levels[^1], isEcho: true, cancellationToken),
        };
    }

    private static bool IsBroken(JsonObject level) =>
        level["overhead_p99_ms"] is not JsonValue p99 || p99.GetValue<double>() > MaxOverheadP99Ms || level["gaps"]!.GetValue<long>() > MaxGapsPerTurn * level["turns"]!.GetValue<long>() || level["errors"]!.GetValue<long>() > 0;

    private static async Task<JsonObject> RunAsync(LoadGenerator load, DensityProcess server, int sessions, bool isEcho, CancellationToken cancellationToken)
    {
        var marks = new List<TimeSpan>();
        var memory = await server.MemoryAsync(cancellationToken);
        long? under = null;
        var seen = await load.RunAsync(
            sessions, s_length, isEcho,
            () =>
            {
                marks.Add(server.ProcessorTime);
                // After the measured time: the collection stops the sessions for a moment.
                if (marks.Count == 2) { under = server.MemoryAsync(cancellationToken).GetAwaiter().GetResult(); }
            },
            cancellationToken);
        var cpu = (marks[1] - marks[0]).TotalSeconds;
        var minutes = sessions * s_length.TotalMinutes;
        var level = new JsonObject { ["sessions"] = sessions };
        if (isEcho)
        {
            level["echo_p50_ms"] = At(seen, "echo_ms", "p50");
            level["echo_p99_ms"] = At(seen, "echo_ms", "p99");
            level["frames_per_s"] = Math.Round(seen["packets"]!.GetValue<long>() / s_length.TotalSeconds);
        }
        else
        {
            level["turns"] = seen["turns"]!.DeepClone();
            level["overhead_p50_ms"] = At(seen, "overhead_ms", "p50");
            level["overhead_p95_ms"] = At(seen, "overhead_ms", "p95");
            level["overhead_p99_ms"] = At(seen, "overhead_ms", "p99");
            level["first_audio_p50_ms"] = At(seen, "first_audio_ms", "p50");
            level["first_audio_p99_ms"] = At(seen, "first_audio_ms", "p99");
            level["jitter_p99_ms"] = At(seen, "jitter_ms", "p99");
            level["stale"] = seen["stale"]!.DeepClone();
            level["gaps"] = seen["gaps"]!.DeepClone();
            level["errors"] = ((JsonObject)seen["errors"]!).Sum(e => e.Value!.GetValue<long>()) + seen["lost"]!.GetValue<long>();
            level["error_codes"] = seen["errors"]!.DeepClone();
            level["resumed"] = seen["resumed"]!.DeepClone();
            level["interruptions"] = seen["interruptions"]!.DeepClone();
        }
        level["cpu_s_per_session_minute"] = Math.Round(cpu / minutes, 3);
        level["managed_kb_per_session"] = under is { } bytes ? Math.Round((bytes - memory) / 1_000.0 / sessions, 1) : null;
        level["server_cores"] = Math.Round(cpu / s_length.TotalSeconds, 2);
        level["client_cores"] = Math.Round(seen["client_cpu_s"]!.GetValue<double>() / s_length.TotalSeconds, 2);
        level["microphone_late_p99_ms"] = At(seen, "microphone_late_ms", "p99");
        return level;
    }

    private static JsonNode? At(JsonObject seen, string times, string percentile) => seen[times]?[percentile]?.DeepClone();
}
