using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Api.Documentation;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Tts.Caching;

namespace Parley.Server.Api.Operations;

/// <summary><c>/v1/ops</c>: how the server does, and what happened in stored sessions. For operators.</summary>
internal static class OperationsEndpoints
{
    private const int ShownTurns = 100, DefaultSessions = 50, MaxSessions = 500, DefaultEntries = 1_000, MaxEntries = 10_000;

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        // They count from now on, not only from the first question on.
        routes.ServiceProvider.GetRequiredService<CounterTotals>();
        var ops = routes.MapGroup("/ops").AddEndpointFilter(new OperatorGate(routes.ServiceProvider.GetService<ApiKeys>()));
        ops.MapGet("", Overview).Describe("Operations", "Tells how the server does.").Gives(typeof(OperationsReport));
        ops.MapGet("/sessions", SessionsAsync).Describe("Operations", "Lists stored sessions.").Gives(typeof(StoredSessions));
        ops.MapGet("/sessions/{id}/timeline", TimelineAsync).Describe("Operations", "Tells what happened in a stored session.").Gives(typeof(TimelineAnswer));
        ops.MapGet("/sessions/{id}/audio", AudioAsync).Describe("Operations", "Gives what was recorded of a stored session.").Gives(typeof(Stream), "audio/wav");
    }

    private static IResult Overview(
        EngineCatalog engines, ISessionStore store, SessionRegistry sessions, TurnLog log, CounterTotals counters, TimeProvider time, [FromServices] SpeechCache? cache)
    {
        var (health, turns, spoken) = (HealthEndpoints.Report(engines, store, sessions.Count), log.Read(), cache?.Read());
        return Results.Json(
            new OperationsReport(
                time.GetUtcNow(), ParleyVersion.Current, sessions.Max, [.. sessions.Look().Select(SessionReport.Of)], StageFigures.Of(turns),
                [.. turns.Take(ShownTurns).Select(TurnReport.Of)], counters.Read(),
                [.. (engines.Chains?.Guards.All ?? []).Select(QueueReport.Of).OrderBy(q => q.Stage, StringComparer.Ordinal).ThenBy(q => q.Engine, StringComparer.Ordinal)],
                spoken, spoken is { } known ? Math.Round(known.HitRate, 3) : null, Alert.Of(health, turns, sessions.Max), health),
            OperationsJson.Default.OperationsReport);
    }

    private static Task<IResult> SessionsAsync(int? limit, ISessionStore store, CancellationToken gone) => Try(async () =>
    {
        var listed = await store.ListAsync(new SessionQuery { Limit = Limit(limit, DefaultSessions, MaxSessions) }, gone);
        return Results.Json(new StoredSessions([.. listed.Select(StoredSessionReport.Of)]), OperationsJson.Default.StoredSessions);
    });

    private static Task<IResult> TimelineAsync(string id, long? after, int? limit, bool? all, ISessionStore store, CancellationToken gone) => Try(async () =>
    {
        await EnsureKnownAsync(store, id, gone);
        var count = Limit(limit, DefaultEntries, MaxEntries);
        return Results.Stream(output => TimelinePage.WriteAsync(store, id, after ?? 0, count, all ?? false, output, gone), "application/json");
    });

    private static Task<IResult> AudioAsync(string id, ISessionStore store, CancellationToken gone) => Try(async () =>
    {
        await EnsureKnownAsync(store, id, gone);
        var length = await RecordedAudio.MeasureAsync(store, id, gone);
        if (length == 0) { throw new ApiException(new ApiError(404, "No audio was kept of this session: its user did not consent to that.", Code: "audio_not_found")); }
        return Results.Stream(output => RecordedAudio.WriteAsync(store, id, length, output, gone), "audio/wav");
    });

    private static async Task EnsureKnownAsync(ISessionStore store, string id, CancellationToken gone)
    {
        await store.FlushAsync(gone);
        if (await store.FindAsync(id, gone) is null) { throw new ApiException(new ApiError(404, "There is no such session.", Code: "session_not_found")); }
    }

    private static int Limit(int? asked, int otherwise, int most) => asked switch
    {
        null => otherwise,
        >= 1 when asked <= most => asked.Value,
        _ => throw new ApiException(ApiError.BadField("limit", $"'limit' is 1 to {most}.")),
    };

    private static async Task<IResult> Try(Func<Task<IResult>> answer)
    {
        try { return await answer(); }
        catch (StoreException e) { throw new ApiException(new ApiError(503, e.Message, ApiError.ServerError)); }
    }
}
