using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Experiments.Reports;
using Parley.Policy.Experiments;
using Parley.Quality;
using Parley.Server.Api.Documentation;
using Parley.Server.Api.Operations;
using Parley.Server.Quality;
using Parley.Sqlite.Figures;
using Parley.Timeline;

namespace Parley.Server.Api.Reports;

/// <summary><c>/v1/reports</c>: how sessions went, and what experiments have shown. For operators.</summary>
internal static class ReportEndpoints
{
    private const int DefaultDays = 30, MaxDays = 366;

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/reports").AddEndpointFilter(new OperatorGate(routes.ServiceProvider.GetService<ApiKeys>()));
        reports.MapGet("/quality", (int? days, FigureLog log, TimeProvider time) => Try(() => Quality(days, log, time)))
            .Describe("Reports", "Tells how sessions went, day by day and against the days before.").Gives(typeof(QualityReport));
        reports.MapGet("/experiments/{name}", (string name, FigureLog log, ExperimentDesk experiments, TimeProvider time) => Try(() => Experiment(name, log, experiments, time)))
            .Describe("Reports", "Tells what an experiment has shown so far.").Gives(typeof(ExperimentReport));
    }

    private static IResult Quality(int? days, FigureLog log, TimeProvider time)
    {
        var count = days switch
        {
            null => DefaultDays,
            >= 1 and <= MaxDays => days.Value,
            _ => throw new ApiException(ApiError.BadField("days", $"'days' is 1 to {MaxDays}.")),
        };
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var from = new DateTimeOffset(today.AddDays(1 - 2 * count), TimeOnly.MinValue, TimeSpan.Zero);
        return Results.Json(QualityReport.Of(Store(log).Read(from), today, count), ReportsJson.Default.QualityReport);
    }

    private static IResult Experiment(string name, FigureLog log, ExperimentDesk experiments, TimeProvider time)
    {
        if (!experiments.Experiments.TryGetValue(name, out var options)) { throw new ApiException(new ApiError(404, "There is no such experiment.", Code: "experiment_not_found")); }
        var report = ExperimentReporter.Report(name, options, Store(log).Read(DateTimeOffset.MinValue, name), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        return Results.Json(report, ReportsJson.Default.ExperimentReport);
    }

    private static SqliteFigureStore Store(FigureLog log) =>
        log.Store ?? throw new ApiException(new ApiError(503, $"This server keeps no figures. {log.Problem}", ApiError.ServerError, Code: "not_available"));

    private static IResult Try(Func<IResult> answer)
    {
        try { return answer(); }
        catch (StoreException e) { throw new ApiException(new ApiError(503, e.Message, ApiError.ServerError)); }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(ExperimentReport))]
internal sealed partial class ReportsJson : JsonSerializerContext;
