using System.Text.Json.Serialization;
using Parley.Diagnostics;

namespace Parley.Server.Observability;

/// <summary>The comparison of both modes; null where one of them was not used yet.</summary>
internal sealed record MetricsReport(ModeReport QuickResponseMode, ModeReport DirectMode, ComparisonReport? Comparison);

/// <summary>Latencies in seconds.</summary>
internal sealed record LatencyReport(double Avg, double Min, double Max, double P50, double P95)
{
    private const int Digits = 6;

    public static LatencyReport From(LatencyFigures f) => new(
        Math.Round(f.Avg, Digits), Math.Round(f.Min, Digits), Math.Round(f.Max, Digits), Math.Round(f.P50, Digits), Math.Round(f.P95, Digits));
}

internal sealed record ModeReport(long TotalRequests, LatencyReport FirstResponseLatency, LatencyReport TotalResponseLatency)
{
    public static ModeReport From((LatencyFigures First, LatencyFigures Total) figures) =>
        new(figures.First.Count, LatencyReport.From(figures.First), LatencyReport.From(figures.Total));
}

/// <summary>By how much the quick mode is sooner.</summary>
/// <param name="AvgFirstResponseImprovement">Seconds that the first content comes sooner, on average.</param>
/// <param name="FirstResponseSpeedup">The direct mode's median to the first content, over the quick mode's.</param>
/// <param name="AvgTotalResponseDifference">Seconds that the whole answer takes longer than in direct mode, on average.</param>
internal sealed record ComparisonReport(double AvgFirstResponseImprovement, double FirstResponseSpeedup, double AvgTotalResponseDifference)
{
    public static ComparisonReport From(ModeReport quick, ModeReport direct) => new(
        Math.Round(direct.FirstResponseLatency.Avg - quick.FirstResponseLatency.Avg, 6),
        quick.FirstResponseLatency.P50 > 0 ? Math.Round(direct.FirstResponseLatency.P50 / quick.FirstResponseLatency.P50, 2) : 0,
        Math.Round(quick.TotalResponseLatency.Avg - direct.TotalResponseLatency.Avg, 6));
}

internal sealed record ResetReport(string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(MetricsReport))]
[JsonSerializable(typeof(ResetReport))]
internal sealed partial class MetricsJson : JsonSerializerContext;
