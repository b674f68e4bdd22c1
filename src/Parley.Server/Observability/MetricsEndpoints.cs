using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;

namespace Parley.Server.Observability;

/// <summary><c>/metrics</c>: Prometheus' text, or as JSON the comparison of quick and direct mode, which <c>POST /metrics/reset</c> begins anew.</summary>
internal static class MetricsEndpoints
{
    private const string Path = "/metrics";

    public static void MapMetrics(this WebApplication routes)
    {
        // They listen from now on, not only from the first question on.
        var provider = routes.Services.GetRequiredService<MetricsPipe>().Provider;
        routes.Services.GetRequiredService<TracesPipe>();
        if (provider is not null)
        {
            routes.UseOpenTelemetryPrometheusScrapingEndpoint(provider, http => http.Request.Path == Path && !Accepts.Json(http.Request), Path, configureBranchedPipeline: null, optionsName: null);
        }
        routes.MapGet(Path, IResult (HttpContext http, GatewayMetrics gateway) => Accepts.Json(http.Request)
            ? Results.Json(Compare(gateway.Comparison), MetricsJson.Default.MetricsReport)
            : Results.Text("Metrics are off: Parley:Telemetry:Enabled is false.\n", statusCode: StatusCodes.Status404NotFound));
        routes.MapPost("/metrics/reset", (GatewayMetrics gateway) =>
        {
            gateway.Comparison.Reset();
            return Results.Json(new ResetReport("ok"), MetricsJson.Default.ResetReport);
        });
    }

    private static MetricsReport Compare(ModeComparison comparison)
    {
        var (quick, direct) = (ModeReport.From(comparison.Read(ReplyMode.Quick)), ModeReport.From(comparison.Read(ReplyMode.Direct)));
        var isComparable = quick.TotalRequests > 0 && direct.TotalRequests > 0;
        return new MetricsReport(quick, direct, isComparable ? ComparisonReport.From(quick, direct) : null);
    }
}
