using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Parley.Server.Api;
using Parley.Server.Api.Documentation;
using Parley.Server.Threading;
using Parley.Sessions;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Server.Transports.Native;

/// <summary><c>/v1/converse</c>: one WebSocket, one session.</summary>
public static class ConverseEndpoint
{
    public const string Path = "/v1/converse";

    public static IEndpointConventionBuilder MapConverse(this IEndpointRouteBuilder routes) =>
        routes.MapWebSocket(Path, (HttpContext context, SessionServices services, SessionRegistry sessions, IHostApplicationLifetime lifetime) =>
            ConverseAsync(context, services, sessions, lifetime.ApplicationStopping))
            .Describe("Conversations", "Holds a spoken conversation over parley.v1 (docs/protocol.md).");

    private static async Task<IResult> ConverseAsync(HttpContext context, SessionServices services, SessionRegistry sessions, CancellationToken stopping)
    {
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        if (offered.Count > 0 && !offered.Contains(ConverseConnection.Subprotocol)) { return new ApiError(400, $"The subprotocol is {ConverseConnection.Subprotocol}."); }
        var socket = await context.WebSockets.AcceptWebSocketAsync(offered.Count > 0 ? ConverseConnection.Subprotocol : null);
        var line = new WebSocketLine(socket, ConverseTransport.MaxFrame, services.Time, context.RequestAborted);
        await sessions.ServeAsync(new ConverseTransport(line), services with { AtLine = SessionLoops.AtLine }, shutdown: stopping);
        return Results.Empty;
    }
}
