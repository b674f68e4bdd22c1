using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Server.Api;

/// <summary><c>/health</c> with the state of every engine and of the store, <c>/health/live</c> and <c>/health/ready</c> for supervisors.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok"));
        routes.MapGet("/health/ready", (EngineCatalog engines, ISessionStore store) => Report(engines, store, 0).Status == "failed"
            ? Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ok"));
        routes.MapGet("/health", (EngineCatalog engines, ISessionStore store, SessionRegistry sessions) =>
        {
            var report = Report(engines, store, sessions.Count);
            return Results.Json(
                report, HealthJson.Default.HealthReport,
                statusCode: report.Status == "failed" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        });
    }

    internal static HealthReport Report(EngineCatalog engines, ISessionStore store, int sessions)
    {
        var (chosen, storing) = (engines.Defaults, store.Status);
        var status = chosen.Values.Any(c => c.Name == "none") ? "failed"
            : !storing.IsHealthy || chosen.Values.Any(c => c.Why.StartsWith("fallback", StringComparison.Ordinal)) ? "degraded" : "ok";
        return new HealthReport(
            status, sessions, new StoreHealth(store.Name, storing.IsHealthy, storing.LostEntries, storing.Fault), chosen, [.. engines.Probe().Select(EngineHealth.From)],
            chosen["asr"].Name == "pocketsphinx" ? [EngineNotes.FreeDictation] : []);
    }
}

internal sealed record HealthReport(
    string Status, int Sessions, StoreHealth Store, IReadOnlyDictionary<string, EngineChoice> Chosen, IReadOnlyList<EngineHealth> Engines, IReadOnlyList<string> Notes);

internal sealed record StoreHealth(string Name, bool Healthy, long LostEntries, string? Fault);

internal sealed record EngineHealth(string Stage, string Name, bool Available, string Version, string Detail, string? Remedy)
{
    public static EngineHealth From(EngineStatus s) => new(s.Stage.ToString().ToLowerInvariant(), s.Name, s.Available, s.Version, s.Detail, s.Remedy);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
