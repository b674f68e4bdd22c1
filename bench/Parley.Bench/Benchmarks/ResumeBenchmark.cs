using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Diagnostics;

namespace Parley.Bench.Benchmarks;

/// <summary>Kills the server in mid-sentence, starts it again, and sees whether the conversations go on.</summary>
internal sealed class ResumeBenchmark : IBenchmark
{
    private const int DefaultSessions = 100;
    private const int AtOnce = 20;

    public string Name => "resume";

    public string Summary => "Conversations that go on after the server was killed in mid-sentence and started again.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var sessions = arguments.Sessions ?? DefaultSessions;
        var folder = Directory.CreateTempSubdirectory("parley-bench-");
        try
        {
            var clients = new List<ResumingClient>();
            var restarts = new List<double>();
            while (clients.Count < sessions)
            {
                var round = await RunRoundAsync(folder.FullName, Math.Min(AtOnce, sessions - clients.Count), restarts, cancellationToken);
                clients.AddRange(round);
                BenchReport.Progress($"resume: {clients.Count(c => c.IsResumed)} of {clients.Count} sessions went on");
            }
            var firstAudio = clients.Where(c => c.IsResumed).Select(c => c.FirstAudio.TotalMilliseconds).ToArray();
            return new JsonObject
            {
                ["sessions"] = clients.Count,
                ["resumed"] = clients.Count(c => c.IsResumed),
                ["lost_turns"] = clients.Count(c => c.Heard is null),
                ["gaps"] = clients.Count(c => c.Gap > 0),
                ["first_audio_p50_ms"] = firstAudio.Length == 0 ? null : Percentiles.Of(firstAudio, 50),
                ["first_audio_p95_ms"] = firstAudio.Length == 0 ? null : Percentiles.Of(firstAudio, 95),
                ["at_once"] = AtOnce,
                ["restart_p50_ms"] = Percentiles.Of(restarts, 50),
                ["load_average_1m"] = Machine.LoadAverage,
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<ResumingClient>> RunRoundAsync(
        string folder, int sessions, List<double> restarts, CancellationToken cancellationToken)
    {
        var port = LocalProcess.FreePort();
        string[] settings =
        [
            $"--Parley:Store:Path={Path.Combine(folder, $"{port}.db")}", "--Parley:Engines:Reply=tutor", "--Parley:Engines:Tts=flite",
        ];
        ResumingClient[] clients = [.. Enumerable.Range(0, sessions).Select(_ => new ResumingClient())];
        using (var first = await ServerProcess.StartAsync(port, settings, cancellationToken))
        {
            await Task.WhenAll(clients.Select(c => c.TalkAsync(first.Address)));
            var listening = Task.WhenAll(clients.Select(c => c.ListenUntilBrokenAsync()));
            // In mid-sentence: what was sent is half a second ahead of what was heard, and more is to come.
            await Task.Delay(300, cancellationToken);
            await first.KillAsync(cancellationToken);
            await listening;
        }
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        using var second = await ServerProcess.StartAsync(port, settings, cancellationToken);
        restarts.Add(System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        await Task.WhenAll(clients.Select(c => ResumeAsync(c, second.Address)));
        foreach (var client in clients) { client.Dispose(); }
        return clients;
    }

    /// <summary>A client that cannot go on counts, and does not end the others.</summary>
    private static async Task ResumeAsync(ResumingClient client, Uri server)
    {
        try
        {
            await client.ResumeAsync(server);
        }
        catch (Exception e) when (e is TimeoutException or IOException or VoiceException or OperationCanceledException)
        {
            BenchReport.Progress($"resume: {e.Message}");
        }
    }
}
