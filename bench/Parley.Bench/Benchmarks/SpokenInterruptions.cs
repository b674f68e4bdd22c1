using System.Text.Json.Nodes;
using Parley.Asr;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Testing.Simulated;
using Parley.Testing.Speech;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Bench.Benchmarks;

/// <summary>Recorded people speak over the assistant, over a real socket, against real ears: how long until the last packet of the reply.</summary>
internal static class SpokenInterruptions
{
    private const int Users = 2, Rounds = 35, Seed = 1, LeastListenMs = 600, MostListenMs = 2_200;

    public static async Task<JsonObject> MeasureAsync(
        IVoiceActivityDetector vad, ISpeechRecognizer recognizer, ISpeechSynthesizer voice, IReadOnlyList<RecordedSentence> recordings, CancellationToken cancellationToken)
    {
        using var reply = new SimulatedChatClient(TimeProvider.System) { Texts = [string.Join(' ', EverydaySentences.All)] };
        await using var app = await SimulatedServer.StartAsync(new TalkingEngines(vad, recognizer, reply, voice), cancellationToken);
        var random = new Random(Seed);
        // The first round is compiled while it runs.
        await RunAsync(0);
        var (lateness, done) = (new List<double>(), new List<Interrupter>());
        for (var round = 1; round <= Rounds; round++)
        {
            var (users, late) = await RunAsync(round);
            done.AddRange(users);
            lateness.Add(late);
            if (round % 5 == 0) { BenchReport.Progress($"spoken: {done.Count} of {Users * Rounds} interruptions"); }
        }

        var heard = done.Where(user => user.WasHeard).ToList();
        if (heard.Count == 0) { throw new InvalidOperationException("Nobody was heard."); }
        return new JsonObject
        {
            ["onset_to_last_stale_p99_ms"] = Percentiles.Of([.. heard.Select(user => user.OnsetToLastStaleMs)], 99),
            ["spoken_to_silent_p95_ms"] = Percentiles.Of([.. heard.Select(user => user.SpokenToSilentMs)], 95),
            ["spoken_to_silent_p50_ms"] = Percentiles.Of([.. heard.Select(user => user.SpokenToSilentMs)], 50),
            ["spoken_to_silent_max_ms"] = Percentiles.Of([.. heard.Select(user => user.SpokenToSilentMs)], 100),
            ["interruptions"] = done.Count,
            ["heard"] = heard.Count,
            ["stale_packets"] = done.Sum(user => user.StalePackets),
            ["microphone_late_p99_ms"] = lateness.Max(),
            ["load_average_1m"] = Machine.LoadAverage,
        };

        async Task<(IReadOnlyList<Interrupter> Users, double LatenessMs)> RunAsync(int round)
        {
            var users = new List<Interrupter>();
            try
            {
                for (var i = 0; i < Users; i++)
                {
                    var listens = TimeSpan.FromMilliseconds(random.Next(LeastListenMs, MostListenMs));
                    users.Add(await Interrupter.ConnectAsync(app.WebSocketUri(), recordings[(round * Users + i) % recordings.Count], listens));
                }
                var loop = new RealTimeLoop();
                await loop.RunAsync(
                    () =>
                    {
                        foreach (var user in users) { user.Tick(); }
                        return users.Any(user => !user.HasFinished);
                    },
                    cancellationToken);
                foreach (var user in users) { await user.EndAsync(); }
                return (users, loop.LatenessP99Ms);
            }
            finally
            {
                foreach (var user in users) { user.Dispose(); }
            }
        }
    }
}
