using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Parley.Diagnostics;
using Parley.Server.Api;
using Parley.Server.Api.Documentation;
using Parley.Sessions;
using Parley.Transports.Lines;
using Parley.Transports.Realtime;

namespace Parley.Server.Transports.Realtime;

/// <summary><c>/v1/realtime</c>: one WebSocket of OpenAI's Realtime API, one session.</summary>
public static class RealtimeEndpoint
{
    public const string Path = "/v1/realtime";

    private const string Subprotocol = "realtime";

    public static IEndpointConventionBuilder MapRealtime(this IEndpointRouteBuilder routes) =>
        routes.MapWebSocket(Path, (HttpContext context, SessionServices services, SessionRegistry sessions, IHostApplicationLifetime lifetime) =>
            ServeAsync(context, services, sessions, lifetime.ApplicationStopping))
            .Describe("Conversations", "Holds a spoken conversation over OpenAI's Realtime API.");

    private static async Task<IResult> ServeAsync(HttpContext context, SessionServices services, SessionRegistry sessions, CancellationToken stopping)
    {
        if (context.Request.Query.ContainsKey("call_id")) { return ApiError.BadField("call_id", "There are no calls here to join: connect with 'model'."); }

        // Clients end at an answer that they did not ask for.
        var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol) ? Subprotocol : null);
        var transport = new RealtimeTransport(
            new WebSocketLine(socket, RealtimeTransport.MaxFrame, services.Time, context.RequestAborted), RealtimeCalls.From(context),
            RandomId.Next("sess_", Random.Shared), services.Time, Random.Shared, services.Metrics);
        await sessions.ServeAsync(transport, services, isLenient: true, canResume: false, stopping);
        return Results.Empty;
    }
}
