using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing;

namespace Parley.Bench.Benchmarks;

/// <summary>Whether a server is after half an hour of many conversations what it was at the begin: memory, open files, errors.</summary>
internal sealed class SoakBenchmark : IBenchmark
{
    private const int DefaultSessions = 200;

    // A session remembers its newest 200 messages: in these conversations that is what it has after some twelve minutes, and from then on as many go as come.
    private const double Settled = 0.42;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(15);

    public string Name => "soak";

    public string Summary => "Whether memory and open files stay what they are while many conversations go on for long.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var sessions = arguments.Sessions ?? DefaultSessions;
        var length = TimeSpan.FromMinutes(arguments.Minutes);
        using var server = await DensityProcess.StartAsync(cancellationToken);
        var load = new LoadGenerator(server.Address, SharedData.Folder("speech", "transcripts.tsv"));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var looks = new List<Look>();
        var looking = Task.CompletedTask;
        // While it begins, buffers and memories of conversations grow to their size: that is no leak. From then on it is looked at.
        var seen = await load.RunAsync(
            sessions, length, isEcho: false,
            () =>
            {
                if (looking == Task.CompletedTask) { looking = LookAsync(server, length * Settled, looks, over.Token); }
                else { over.Cancel(); }
            },
            cancellationToken);
        await looking;
        if (looks.Count < 4) { throw new IOException($"{arguments.Minutes} minutes are too few to tell: ask for more."); }
        return new JsonObject
        {
            ["minutes"] = arguments.Minutes,
            ["sessions"] = sessions,
            ["managed_growth_percent"] = Growth(looks, l => l.Managed),
            ["resident_growth_percent"] = Growth(looks, l => l.Resident),
            ["open_files_growth"] = looks[^1].Files - looks[0].Files,
            ["turns"] = seen["turns"]!.DeepClone(),
            ["errors"] = seen["errors"]!.DeepClone(),
            ["lost"] = seen["lost"]!.DeepClone(),
            ["gaps"] = seen["gaps"]!.DeepClone(),
            ["stale"] = seen["stale"]!.DeepClone(),
            ["overhead_p99_ms"] = seen["overhead_ms"]?["p99"]?.DeepClone(),
            ["looks"] = new JsonArray([.. looks.Select(l => new JsonObject
            {
                ["s"] = Math.Round(l.At.TotalSeconds), ["managed_mb"] = Megabytes(l.Managed), ["resident_mb"] = Megabytes(l.Resident), ["open_files"] = l.Files,
            })]),
        };
    }

    private static async Task LookAsync(DensityProcess server, TimeSpan settle, List<Look> looks, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(s_look);
        try
        {
            await Task.Delay(settle, cancellationToken);
            do
            {
                var look = new Look(
                    TimeProvider.System.GetElapsedTime(began), await server.MemoryAsync(CancellationToken.None), server.ResidentBytes, server.OpenFiles);
                looks.Add(look);
                BenchReport.Progress(FormattableString.Invariant(
                    $"soak: {look.At.TotalSeconds:0} s, {Megabytes(look.Managed)} MB managed, {Megabytes(look.Resident)} MB resident, {look.Files} files"));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The conversations are over.
        }
    }

    /// <summary>The last quarter's mean over the first one's: how many sessions are in a reply at a look is chance.</summary>
    private static double Growth(List<Look> looks, Func<Look, long> of)
    {
        var quarter = looks.Count / 4;
        return Math.Round(100 * (looks.TakeLast(quarter).Average(of) / looks.Take(quarter).Average(of) - 1), 1);
    }

    private static double Megabytes(long bytes) => Math.Round(bytes / 1e6, 1);

    private sealed record Look(TimeSpan At, long Managed, long Resident, int Files);
}
