using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>
/// What it brings to begin before a turn has ended, with the engines that every installation has: nothing begun early, the final transcript
/// alone, and the reply too. The three servers run at once, so that the load is the same for all.
/// </summary>
internal static class SpeculationGain
{
    /// <exception cref="Diagnostics.VoiceException">An engine is missing; the message says what to install.</exception>
    public static async Task<JsonObject> MeasureAsync(int turns, CancellationToken cancellationToken)
    {
        await using var on = await EmbeddedServer.StartAsync([], cancellationToken);
        await using var final = await EmbeddedServer.StartAsync(["--Parley:Speculation:Enabled=false"], cancellationToken);
        await using var off = await EmbeddedServer.StartAsync(
            ["--Parley:Speculation:Enabled=false", "--Parley:Speculation:EarlyFinal=false"], cancellationToken);
        var answered = await Task.WhenAll(
            on.ConverseAsync("speculation on", turns, cancellationToken),
            final.ConverseAsync("early final only", turns, cancellationToken),
            off.ConverseAsync("speculation off", turns, cancellationToken));
        var (drafts, kept) = (on.Count("parley.speculation.drafts"), on.Count("parley.speculation.kept"));
        var (onMs, finalMs, offMs) = (FirstAudio(answered[0]), FirstAudio(answered[1]), FirstAudio(answered[2]));
        return new JsonObject
        {
            ["turns"] = turns,
            ["on_first_audio_p50_ms"] = onMs,
            ["early_final_first_audio_p50_ms"] = finalMs,
            ["off_first_audio_p50_ms"] = offMs,
            ["gain_percent"] = Math.Round(100 * (1 - onMs / offMs), 1),
            ["drafts"] = drafts,
            ["discard_rate"] = drafts == 0 ? 0 : Math.Round(1 - (double)kept / drafts, 3),
            ["load_average_1m"] = Machine.LoadAverage,
        };
    }

    private static double FirstAudio(IReadOnlyList<TurnRecord> turns) => Percentiles.Of([.. turns.Select(t => t.Metrics.FirstAudioMs!.Value)], 50);
}
