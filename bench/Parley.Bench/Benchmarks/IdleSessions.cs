using System.Globalization;
using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Sessions;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Bench.Benchmarks;

/// <summary>What a session costs in memory while nobody speaks, without sockets and without what engines hold.</summary>
internal static class IdleSessions
{
    private const int Sessions = 200, WarmUp = 20, FramesOfSilence = 50;

    public static async Task<JsonObject> MeasureAsync(CancellationToken cancellationToken)
    {
        var services = SimulatedServer.Services(SimulatedServer.Engines());
        await EndAsync(await StartAsync(services, WarmUp, cancellationToken), cancellationToken);

        var (managed, anonymous) = Settle();
        var open = await StartAsync(services, Sessions, cancellationToken);
        var (managedOpen, anonymousOpen) = Settle();
        await EndAsync(open, cancellationToken);
        BenchReport.Progress($"sessions: {Sessions} idle sessions measured");
        return new JsonObject
        {
            ["idle_kib"] = Math.Round((anonymousOpen - anonymous) / (double)Sessions, 1),
            ["idle_managed_kib"] = Math.Round((managedOpen - managed) / (double)Sessions, 1),
            ["sessions"] = Sessions,
        };
    }

    /// <summary>Sessions that have started and have heard a second of silence, so that their buffers are there.</summary>
    private static async Task<List<(InMemoryTransport Line, Task Run)>> StartAsync(SessionServices services, int count, CancellationToken cancellationToken)
    {
        var sessions = new List<(InMemoryTransport Line, Task Run)>();
        for (var i = 0; i < count; i++)
        {
            var line = new InMemoryTransport();
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            line.Sent = sent => { if (sent is Pong) { heard.TrySetResult(); } };
            sessions.Add((line, new VoiceSession(line, services).RunAsync(CancellationToken.None)));
            line.Say(new SessionStart());
            for (var frame = 0; frame < FramesOfSilence; frame++) { line.Say(new AudioInput(new byte[640])); }
            line.Say(new Ping());
            await heard.Task.WaitAsync(ConverseClient.Patience, cancellationToken);
        }
        return sessions;
    }

    private static async Task EndAsync(List<(InMemoryTransport Line, Task Run)> sessions, CancellationToken cancellationToken)
    {
        foreach (var (line, _) in sessions) { line.Disconnect(); }
        await Task.WhenAll(sessions.Select(s => s.Run)).WaitAsync(ConverseClient.Patience, cancellationToken);
    }

    /// <summary>KiB of live objects, and of the process's own memory (<c>RssAnon</c>), after what is free was given back.</summary>
    private static (double Managed, double Anonymous) Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return (GC.GetTotalMemory(forceFullCollection: true) / 1024.0, double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }
}
