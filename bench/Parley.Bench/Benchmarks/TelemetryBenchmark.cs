using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing;

namespace Parley.Bench.Benchmarks;

/// <summary>What metrics and traces cost while many talk: a server that makes them and sends them to a collector, and one that makes none, in turn.</summary>
internal sealed class TelemetryBenchmark : IBenchmark
{
    private const int DefaultSessions = 50, WarmUpSessions = 100;

    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(15), s_warmUp = TimeSpan.FromSeconds(60);

    public string Name => "telemetry";

    public string Summary => "What metrics and traces cost in processor time while many talk.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var sessions = arguments.Sessions ?? DefaultSessions;
        var speech = SharedData.Folder("speech", "transcripts.tsv");
        var received = 0L;
        await using var collector = await CollectAsync(bytes => Interlocked.Add(ref received, bytes));
        using var off = await DensityProcess.StartAsync(cancellationToken);
        using var on = await DensityProcess.StartAsync(cancellationToken, new Uri(collector.Urls.First()));
        foreach (var server in (DensityProcess[])[off, on]) { await CoresAsync(server, WarmUpSessions, s_warmUp); }

        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 1; round <= arguments.Rounds; round++)
        {
            // Now one first, now the other: what else the machine does changes while this runs.
            foreach (var isOn in (bool[])[round % 2 == 0, round % 2 != 0]) { (isOn ? with : without).Add(await CoresAsync(isOn ? on : off, sessions, s_length)); }
            BenchReport.Progress(FormattableString.Invariant($"telemetry: round {round} of {arguments.Rounds}"));
        }
        if (Interlocked.Read(ref received) == 0) { throw new IOException("The collector was sent nothing."); }
        return new JsonObject
        {
            ["sessions"] = sessions,
            ["rounds"] = arguments.Rounds,
            ["off_cores"] = Math.Round(Percentiles.Of([.. without], 50), 3),
            ["on_cores"] = Math.Round(Percentiles.Of([.. with], 50), 3),
            ["cost_percent"] = Math.Round(100 * (Percentiles.Of([.. with.Zip(without, (w, o) => w / o)], 50) - 1), 1),
            ["collected_kb"] = Interlocked.Read(ref received) / 1_000,
        };

        async Task<double> CoresAsync(DensityProcess server, int sessions, TimeSpan length)
        {
            var marks = new List<TimeSpan>();
            await new LoadGenerator(server.Address, speech).RunAsync(sessions, length, isEcho: false, () => marks.Add(server.ProcessorTime), cancellationToken);
            return (marks[1] - marks[0]) / length;
        }
    }

    /// <summary>Takes whatever is sent and says that all is well.</summary>
    private static async Task<WebApplication> CollectAsync(Action<long> received)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Run(async context =>
        {
            await using var counted = new MemoryStream();
            await context.Request.Body.CopyToAsync(counted, context.RequestAborted);
            received(counted.Length);
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await collector.StartAsync();
        return collector;
    }
}
