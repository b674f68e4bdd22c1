using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Flite.Tts;
using Parley.Policy;
using Parley.Server;
using Parley.Transports.Protocol;

namespace Parley.Bench.Benchmarks;

/// <summary>Guided conversations in a café with the engines that every installation has, against the server as it is.</summary>
internal static class EmbeddedTurns
{
    private const string LearnerVoice = "rms";

    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(500);

    private static readonly string[] s_engines =
        ["--Parley:Engines:Vad=silero", "--Parley:Engines:Asr=pocketsphinx", "--Parley:Engines:Reply=tutor", "--Parley:Engines:Tts=flite"];

    /// <exception cref="Diagnostics.VoiceException">An engine is missing; the message says what to install.</exception>
    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        await using var app = ParleyServer.Build(s_engines, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        });
        app.LoadEngines();
        await app.StartAsync(cancellationToken);
        var chosen = app.Services.GetRequiredService<EngineCatalog>().Defaults;
        var voice = new FliteSynthesizer();
        var answered = new List<TurnRecord>();
        var conversations = 0;
        while (answered.Count < turns)
        {
            // A scenario has an end: then the next learner comes.
            var before = answered.Count;
            answered.AddRange(await ConverseAsync(app.WebSocketUri(), new SpokenAnswers(voice, LearnerVoice, conversations), turns - before, cancellationToken));
            BenchReport.Progress($"embedded: {answered.Count} of {turns} turns in {++conversations} conversations");
            if (answered.Count == before) { throw new InvalidOperationException("A conversation ended without an answered turn."); }
        }

        var firstAudio = answered.Select(t => t.Metrics.FirstAudioMs!.Value).ToArray();
        return new JsonObject
        {
            ["turns"] = answered.Count,
            ["first_audio_p50_ms"] = Percentiles.Of(firstAudio, 50),
            ["first_audio_p95_ms"] = Percentiles.Of(firstAudio, 95),
            ["endpoint_p50_ms"] = Percentile(answered, m => m.EndpointMs, 50),
            ["asr_first_partial_p50_ms"] = Percentile(answered, m => m.AsrFirstPartialMs, 50),
            ["asr_final_p50_ms"] = Percentile(answered, m => m.AsrFinalMs, 50),
            ["reply_first_token_p50_ms"] = Percentile(answered, m => m.ReplyFirstTokenMs, 50),
            ["tts_first_audio_p50_ms"] = Percentile(answered, m => m.TtsFirstAudioMs, 50),
            ["overhead_p50_ms"] = Percentile(answered, m => m.OverheadMs, 50),
            ["client_first_audio_p50_ms"] = Percentiles.Of([.. answered.Select(t => t.FirstAudioMs)], 50),
            ["client_first_audio_p95_ms"] = Percentiles.Of([.. answered.Select(t => t.FirstAudioMs)], 95),
            ["engines"] = string.Join(", ", chosen.Values.Select(c => c.Name)),
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }

    private static async Task<IReadOnlyList<TurnRecord>> ConverseAsync(Uri server, ILines lines, int turns, CancellationToken cancellationToken)
    {
        using var speaker = await Speaker.ConnectAsync(server, new SessionConfig { Scenario = "cafe", Level = CefrLevel.A2 }, lines, s_breath);
        await new RealTimeLoop().RunAsync(
            () =>
            {
                speaker.Tick();
                return !speaker.HasFinished && speaker.Turns.Count < turns;
            },
            cancellationToken);
        await speaker.EndAsync();
        return speaker.Turns;
    }

    /// <summary>Null where no turn had such a step.</summary>
    private static double? Percentile(IEnumerable<TurnRecord> turns, Func<TurnMetrics, double?> value, double percent) =>
        turns.Select(t => value(t.Metrics)).OfType<double>().ToArray() is { Length: > 0 } values ? Percentiles.Of(values, percent) : null;
}
