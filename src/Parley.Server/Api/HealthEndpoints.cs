using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Server.Api;

/// <summary><c>/health</c> with every engine's state, <c>/health/live</c> and <c>/health/ready</c> for supervisors.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok"));
        routes.MapGet("/health/ready", (EngineCatalog engines) => Report(engines, 0).Status == "failed"
            ? Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ok"));
        routes.MapGet("/health", (EngineCatalog engines, SessionRegistry sessions) =>
        {
            var report = Report(engines, sessions.Count);
            return Results.Json(
                report, HealthJson.Default.HealthReport,
                statusCode: report.Status == "failed" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        });
    }

    internal static HealthReport Report(EngineCatalog engines, int sessions)
    {
        var chosen = engines.Defaults;
        var status = chosen.Values.Any(c => c.Name == "none") ? "failed"
            : chosen.Values.Any(c => c.Why.StartsWith("fallback", StringComparison.Ordinal)) ? "degraded" : "ok";
        return new HealthReport(
            status, sessions, chosen, [.. engines.Probe().Select(EngineHealth.From)],
            chosen["asr"].Name == "pocketsphinx" ? [EngineNotes.FreeDictation] : []);
    }
}

internal sealed record HealthReport(
    string Status, int Sessions, IReadOnlyDictionary<string, EngineChoice> Chosen, IReadOnlyList<EngineHealth> Engines, IReadOnlyList<string> Notes);

internal sealed record EngineHealth(string Stage, string Name, bool Available, string Version, string Detail, string? Remedy)
{
    public static EngineHealth From(EngineStatus s) => new(s.Stage.ToString().ToLowerInvariant(), s.Name, s.Available, s.Version, s.Detail, s.Remedy);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
