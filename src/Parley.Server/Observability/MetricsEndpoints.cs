using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;

namespace Parley.Server.Observability;

/// <summary><c>/metrics</c>: Prometheus' text, or as JSON the comparison of quick and direct mode, which <c>POST /metrics/reset</c> begins anew.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // It listens from now on, not only from the first question on.
        routes.ServiceProvider.GetRequiredService<PrometheusPage>();
        routes.MapGet("/metrics", async (HttpContext context, PrometheusPage page, GatewayMetrics gateway) =>
        {
            if (Accepts.Json(context.Request))
            {
                await context.Response.WriteAsJsonAsync(Compare(gateway.Comparison), MetricsJson.Default.MetricsReport, cancellationToken: context.RequestAborted);
                return;
            }
            context.Response.ContentType = PrometheusPage.ContentType;
            await page.WriteAsync(context.Response.Body, context.RequestAborted);
        });
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
