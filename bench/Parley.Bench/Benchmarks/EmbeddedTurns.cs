using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Transports.Protocol;

namespace Parley.Bench.Benchmarks;

/// <summary>What a turn takes with the engines that every installation has.</summary>
internal static class EmbeddedTurns
{
    /// <exception cref="Diagnostics.VoiceException">An engine is missing; the message says what to install.</exception>
    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        await using var server = await EmbeddedServer.StartAsync([], cancellationToken);
        var answered = await server.ConverseAsync("embedded", turns, cancellationToken);
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
            ["engines"] = server.Engines,
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }

    /// <summary>Null where no turn had such a step.</summary>
    private static double? Percentile(IEnumerable<TurnRecord> turns, Func<TurnMetrics, double?> value, double percent) =>
        turns.Select(t => value(t.Metrics)).OfType<double>().ToArray() is { Length: > 0 } values ? Percentiles.Of(values, percent) : null;
}
