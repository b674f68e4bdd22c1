using System.Text.Json.Nodes;
using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>The gateway's figures under the names by which they are compared with what they must reach.</summary>
internal static class GatewayReport
{
    private const string Parley = "parley", Direct = "direct";

    /// <param name="quick">First contents with quick replies.</param>
    /// <param name="direct">And without.</param>
    /// <param name="allocated">Bytes a token, and bytes a request beyond its tokens.</param>
    /// <param name="table">What every way to the models did.</param>
    /// <param name="missing">The peers that could not be measured, and why.</param>
    public static JsonObject Of(
        LoadSample quick, LoadSample direct, (double PerToken, double PerRequest) allocated, GatewayTable table, IReadOnlyDictionary<string, string> missing) => new()
    {
        ["quick_first_content_p50_ms"] = Percentiles.Of(quick.FirstContent, 50),
        ["direct_first_content_p50_ms"] = Percentiles.Of(direct.FirstContent, 50),
        ["added_first_byte_p50_ms"] = table.Streamed[Parley].AddedMs(table.Streamed[Direct], 50),
        ["added_first_byte_p99_ms"] = table.Streamed[Parley].AddedMs(table.Streamed[Direct], 99),
        ["streams_per_s"] = table.StreamedRate[Parley].PerSecond,
        ["allocated_bytes_per_token"] = allocated.PerToken,
        ["allocated_bytes_per_request"] = allocated.PerRequest,
        ["quick_errors"] = quick.Errors + direct.Errors,
        ["in_flight"] = GatewayComparison.InFlight,
        ["tokens_per_stream"] = GatewayComparison.Fast.Tokens,
        ["parley"] = table.Of(Parley),
        ["direct"] = table.Of(Direct),
        ["bare"] = table.Of(BareRelay.Name),
        ["peers"] = new JsonObject(Peers.Names.Select(name => KeyValuePair.Create<string, JsonNode?>(
            name, missing.TryGetValue(name, out var why) ? new JsonObject { ["missing"] = why } : table.Of(name)))),
        ["load_average_1m"] = Machine.LoadAverage,
    };
}
