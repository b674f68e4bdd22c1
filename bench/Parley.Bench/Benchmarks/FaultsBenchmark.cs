using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing;

namespace Parley.Bench.Benchmarks;

/// <summary>What well-behaved conversations notice of clients beside them that are not, and of a collector that does not answer.</summary>
internal sealed class FaultsBenchmark : IBenchmark
{
    private const int DefaultSessions = 40, WarmUpSessions = 100;
    private const string Nobody = "nobody", Collector = "collector";

    private static readonly (string Key, string Fault, int Clients)[] s_faults =
        [("not_reading", "NotReading", 20), ("half_open", "HalfOpen", 20), ("too_fast", "TooFast", 20), ("silent", "Silent", 100), ("connects", "Connects", 1_000)];

    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(20), s_warmUp = TimeSpan.FromSeconds(60), s_forEver = TimeSpan.FromHours(1);

    public string Name => "faults";

    public string Summary => "What conversations notice of clients beside them that misbehave, and of a collector that does not answer.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var sessions = arguments.Sessions ?? DefaultSessions;
        var speech = SharedData.Folder("speech", "transcripts.tsv");
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        using var server = await DensityProcess.StartAsync(cancellationToken);
        using var observed = await DensityProcess.StartAsync(cancellationToken, new Uri($"http://{silent.LocalEndPoint}"));
        var load = new LoadGenerator(server.Address, speech);
        var observedLoad = new LoadGenerator(observed.Address, speech);
        foreach (var warming in (LoadGenerator[])[load, observedLoad]) { await warming.RunAsync(WarmUpSessions, s_warmUp, isEcho: false, static () => { }, cancellationToken); }

        var seen = s_faults.Select(f => f.Key).Append(Collector).Append(Nobody).ToDictionary(key => key, _ => new List<JsonObject>(), StringComparer.Ordinal);
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            // Side by side in time: what else the machine does changes while this runs.
            seen[Nobody].Add(await MeasureAsync(load, sessions, cancellationToken));
            foreach (var (key, fault, clients) in s_faults) { seen[key].Add(await BesideAsync(load, sessions, fault, clients, cancellationToken)); }
            seen[Collector].Add(await MeasureAsync(observedLoad, sessions, cancellationToken));
            BenchReport.Progress(FormattableString.Invariant($"faults: round {round} of {arguments.Rounds}"));
        }
        var report = new JsonObject { ["sessions"] = sessions, ["rounds"] = arguments.Rounds, [Nobody] = Figures(seen[Nobody], seen[Nobody]) };
        foreach (var (key, _, clients) in s_faults)
        {
            report[key] = Figures(seen[key], seen[Nobody]);
            report[key]!["clients"] = clients;
        }
        report[Collector] = Figures(seen[Collector], seen[Nobody]);
        return report;
    }

    private static Task<JsonObject> MeasureAsync(LoadGenerator load, int sessions, CancellationToken cancellationToken) =>
        load.RunAsync(sessions, s_length, isEcho: false, static () => { }, cancellationToken);

    private static async Task<JsonObject> BesideAsync(LoadGenerator load, int sessions, string fault, int clients, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var misbehaving = load.RunAsync(clients, s_forEver, isEcho: false, static () => { }, over.Token, fault);
        try
        {
            return await MeasureAsync(load, sessions, cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            try { await misbehaving; }
            catch (OperationCanceledException) { }
        }
    }

    /// <summary>The medians of all rounds, and of their ratios to the same round without anybody who misbehaves.</summary>
    private static JsonObject Figures(List<JsonObject> beside, List<JsonObject> alone) => new()
    {
        ["overhead_p50_ms"] = Median(beside, "overhead_ms", "p50"),
        ["overhead_p99_ms"] = Median(beside, "overhead_ms", "p99"),
        ["jitter_p99_ms"] = Median(beside, "jitter_ms", "p99"),
        ["overhead_p50_ratio"] = Ratio(beside, alone, "overhead_ms", "p50"),
        ["overhead_p99_ratio"] = Ratio(beside, alone, "overhead_ms", "p99"),
        ["jitter_p99_ratio"] = Ratio(beside, alone, "jitter_ms", "p99"),
        ["turns"] = Sum(beside, "turns"),
        ["gaps"] = Sum(beside, "gaps"),
        ["stale"] = Sum(beside, "stale"),
        ["lost"] = Sum(beside, "lost"),
        ["errors"] = beside.Sum(seen => ((JsonObject)seen["errors"]!).Sum(e => e.Value!.GetValue<long>())),
        ["microphone_late_p99_ms"] = Median(beside, "microphone_late_ms", "p99"),
    };

    private static double Median(List<JsonObject> seen, string times, string percentile) => Percentiles.Of([.. seen.Select(s => At(s, times, percentile))], 50);

    private static double Ratio(List<JsonObject> beside, List<JsonObject> alone, string times, string percentile) =>
        Percentiles.Of([.. beside.Zip(alone, (b, a) => At(b, times, percentile) / At(a, times, percentile))], 50);

    private static double At(JsonObject seen, string times, string percentile) =>
        seen[times]?[percentile]?.GetValue<double>() ?? throw new IOException("Nobody was answered.");

    private static long Sum(List<JsonObject> seen, string figure) => seen.Sum(s => s[figure]!.GetValue<long>());
}
