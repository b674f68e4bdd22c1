using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Load.Sequential;
using Parley.Bench.Reporting;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;

namespace Parley.Bench.Benchmarks;

/// <summary>The same conversation with the same engines, one call after the other and as a stream.</summary>
internal sealed class StreamingBenchmark : IBenchmark
{
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(300);

    // Answers are heard out: so the sooner over, the more of them there are.
    private static readonly SessionConfig s_hurried = new() { Speed = 2 };

    public string Name => "streaming";

    public string Summary => "The same conversation call by call, with pooled connections, as a stream, and with speculation and caches.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var turns = Math.Max(2, arguments.Turns / 16);
        await using var engines = await EngineHost.StartAsync(cancellationToken);
        var address = new Uri(engines.Urls.Single());
        // All of them wait most of the time, so they may do it at the same time.
        var (sequential, pooled) = (SequentialPipeline.RunAsync(address, pooled: false, turns, cancellationToken), SequentialPipeline.RunAsync(address, pooled: true, turns, cancellationToken));
        var (streaming, speculative) = (StreamAsync(ahead: false, turns, cancellationToken), StreamAsync(ahead: true, turns, cancellationToken));
        var (a, b, c, d) = (Median(await sequential), Median(await pooled), Median(await streaming), Median(await speculative));
        return new()
        {
            ["sequential_ms"] = a,
            ["pooled_ms"] = b,
            ["streaming_ms"] = c,
            ["speculative_ms"] = d,
            ["streaming_below_sequential_percent"] = Math.Round(100 * (1 - (c / a)), 1),
            ["turns"] = turns,
        };
    }

    private static double Median(IReadOnlyList<double> times) => Percentiles.Of([.. times], 50);

    /// <returns>For each turn the milliseconds from the last sample of speech sent to the first of the answer received; the first turn, which is compiled while it runs, is left out.</returns>
    private static async Task<IReadOnlyList<double>> StreamAsync(bool ahead, int turns, CancellationToken cancellationToken)
    {
        await using var app = await SimulatedServer.StartAsync(Services(ahead), cancellationToken);
        using var speaker = await Speaker.ConnectAsync(app.WebSocketUri(), s_hurried, new ToneLines(EngineLatencies.Utterance, turns + 1), s_breath);
        await new RealTimeLoop().RunAsync(
            () =>
            {
                speaker.Tick();
                return !speaker.HasFinished;
            },
            cancellationToken);
        await speaker.EndAsync();
        return [.. speaker.Turns.Skip(1).Select(t => t.FirstAudioMs)];
    }

    private static SessionServices Services(bool ahead)
    {
        var engines = new SimulatedEngines(TimeProvider.System) { Recognizer = new WorkingRecognizer(EngineLatencies.Said, EngineLatencies.Asr / EngineLatencies.Utterance.TotalSeconds) };
        engines.Turn.Normal = EngineLatencies.Vad;
        engines.Chat.Texts = EngineLatencies.Replies;
        engines.Chat.FirstTokenLatency = EngineLatencies.FirstToken;
        engines.Chat.TokenInterval = (EngineLatencies.Reply - EngineLatencies.FirstToken) / EngineLatencies.Replies[0].Count(c => c == ' ');
        engines.Tts.FirstAudioLatency = EngineLatencies.FirstAudio;
        if (ahead) { engines.Remember(new SpeechCache(new SpeechCacheOptions { DiskBytes = 0 }, TimeProvider.System)); }
        return SimulatedServer.Services(engines) with { Speculation = new SpeculationOptions { Enabled = ahead } };
    }
}
