using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Resilience;
using Parley.Server.Api.Embeddings;
using Parley.Server.Learning;
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
        routes.MapGet("/health/ready", (EngineCatalog engines) => HasFailed(engines.Defaults)
            ? Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ok"));
        routes.MapGet("/health", (EngineCatalog engines, ISessionStore store, SessionRegistry sessions, HttpContext http) =>
        {
            var report = Report(engines, store, sessions.Count, [.. Others(http.RequestServices)], http.RequestServices.GetService<LearnerRecords>());
            return Results.Json(
                report, HealthJson.Default.HealthReport,
                statusCode: report.Status == "failed" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        });
    }

    internal static HealthReport Report(EngineCatalog engines, ISessionStore store, int sessions, IReadOnlyList<EngineStatus>? others = null, LearnerRecords? records = null)
    {
        var learners = records is null ? null : new LearnersHealth(records.Store is not null, records.Problem ?? records.Weakness);
        var (chosen, storing, described) = (engines.Defaults, store.Status, engines.Describe());
        var status = HasFailed(chosen) ? "failed"
            : !storing.IsHealthy || learners?.Fault is not null || chosen.Any(c => Rests(engines, c.Key, c.Value.Name)) || chosen.Values.Any(c => c.Why.StartsWith("fallback", StringComparison.Ordinal)) ? "degraded" : "ok";
        return new HealthReport(
            status, sessions, new StoreHealth(store.Name, storing.IsHealthy, storing.LostEntries, storing.Fault), chosen, [.. described.Select(d => EngineHealth.From(d.Status!, d.Readings, engines)), .. (others ?? []).Select(s => EngineHealth.From(s, null, engines))],
            chosen["asr"].Name == "pocketsphinx" ? [EngineNotes.FreeDictation] : [], PolicyHealth.Of(engines, described), learners);
    }

    /// <summary>What serves no stage of a conversation, as far as this application has it.</summary>
    private static IEnumerable<EngineStatus> Others(IServiceProvider services)
    {
        if (services.GetService<AudioCodecs>() is { } codecs) { foreach (var status in codecs.Probe()) { yield return status; } }
        if (services.GetService<IOpusCodec>() is { } opus) { yield return opus.Probe(); }
        if (services.GetService<EmbeddingEngines>() is { } embeddings) { foreach (var status in embeddings.Probe()) { yield return status; } }
    }

    /// <summary>Whether a stage that a conversation cannot do without has no engine.</summary>
    private static bool HasFailed(IReadOnlyDictionary<string, EngineChoice> chosen) => chosen.Values.Any(c => c.Name == "none");

    private static bool Rests(EngineCatalog engines, string stage, string name) =>
        Enum.TryParse<VoiceStage>(stage, ignoreCase: true, out var known) && engines.Chains?.Guards.Find(known, name) is { State: not BreakerState.Closed };
}

internal sealed record HealthReport(
    string Status, int Sessions, StoreHealth Store, IReadOnlyDictionary<string, EngineChoice> Chosen, IReadOnlyList<EngineHealth> Engines, IReadOnlyList<string> Notes,
    PolicyHealth Policy, LearnersHealth? Learners);

internal sealed record StoreHealth(string Name, bool Healthy, long LostEntries, string? Fault);

/// <summary>Whether learners are remembered, and what is wrong with that; no fault where it is turned off.</summary>
internal sealed record LearnersHealth(bool Remembered, string? Fault);

internal sealed record EngineHealth(
    string Stage, string Name, bool Available, string Version, string Detail, string? Remedy, string? Breaker, double? RestsSeconds, EngineFigures? Calls)
{
    public static EngineHealth From(EngineStatus s, EngineReadings? readings, EngineCatalog engines)
    {
        var guard = engines.Chains?.Guards.Find(s.Stage, s.Name);
        return new EngineHealth(
            s.Stage.ToString().ToLowerInvariant(), s.Name, s.Available, s.Version, s.Detail, s.Remedy,
            guard?.State switch { null => null, BreakerState.Closed => "closed", BreakerState.Open => "open", _ => "half_open" },
            guard?.RestLeft is { TotalSeconds: > 0 } rest ? Math.Round(rest.TotalSeconds, 1) : null,
            readings is { } r ? EngineFigures.From(r) : null);
    }
}

/// <summary>What was measured of an engine; latencies are to its first result.</summary>
internal sealed record EngineFigures(long Ended, long Failed, int InFlight, double FailureRate, double? LatencyMs, double? P95Ms)
{
    public static EngineFigures From(EngineReadings r) => new(
        r.Calls, r.Failures, r.InFlight, Math.Round(r.FailureRate, 3), Round(r.Ewma), Round(r.P95));

    private static double? Round(TimeSpan? time) => time is { } t ? Math.Round(t.TotalMilliseconds, 1) : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
