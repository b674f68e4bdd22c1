using System.Text.Json.Nodes;

namespace Parley.Bench.Benchmarks;

/// <summary>What every way to the models did, in the four kinds of a comparison.</summary>
/// <param name="Streamed">Streamed answers of a model that takes its time.</param>
/// <param name="Whole">The same in one piece.</param>
/// <param name="StreamedRate">Streamed answers of a model that takes no time.</param>
/// <param name="WholeRate">The same in one piece.</param>
internal sealed record GatewayTable(
    IReadOnlyDictionary<string, GatewayFigures> Streamed, IReadOnlyDictionary<string, GatewayFigures> Whole,
    IReadOnlyDictionary<string, GatewayFigures> StreamedRate, IReadOnlyDictionary<string, GatewayFigures> WholeRate)
{
    /// <summary>One way's figures; those are missing that it cannot have.</summary>
    public JsonObject Of(string name)
    {
        var row = new JsonObject();
        foreach (var (prefix, latency, rate) in new[] { ("", Streamed, StreamedRate), ("whole_", Whole, WholeRate) })
        {
            if (!latency.TryGetValue(name, out var paced)) { continue; }
            row[$"{prefix}added_first_byte_p50_ms"] = paced.AddedMs(latency["direct"], 50);
            row[$"{prefix}added_first_byte_p99_ms"] = paced.AddedMs(latency["direct"], 99);
            row[$"{prefix}per_s"] = rate[name].PerSecond;
            row[$"{prefix}cpu_us"] = rate[name].ProcessorMicroseconds;
            row[$"{prefix}errors"] = paced.Errors + rate[name].Errors;
            if ((paced.FirstError ?? rate[name].FirstError) is { } error) { row[$"{prefix}first_error"] = error; }
        }
        return row;
    }
}
