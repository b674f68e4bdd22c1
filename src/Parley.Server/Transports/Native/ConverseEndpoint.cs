using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Parley.Server.Api;
using Parley.Sessions;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Server.Transports.Native;

/// <summary><c>/v1/converse</c>: one WebSocket, one session.</summary>
public static class ConverseEndpoint
{
    public const string Path = "/v1/converse";

    // Over HTTP/2, which TLS brings, a WebSocket begins with CONNECT.
    public static IEndpointConventionBuilder MapConverse(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Connect], (HttpContext context, SessionServices services, SessionRegistry sessions, IHostApplicationLifetime lifetime) =>
            ConverseAsync(context, services, sessions, lifetime.ApplicationStopping))
            .AddEndpointFilter<ApiErrorFilter>().AddEndpointFilter<WebSocketKeyFilter>();

    private static async Task ConverseAsync(HttpContext context, SessionServices services, SessionRegistry sessions, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            await context.Response.WriteAsync($"{Path} is a WebSocket; its subprotocol is {ConverseConnection.Subprotocol}.", context.RequestAborted);
            return;
        }
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        if (offered.Count > 0 && !offered.Contains(ConverseConnection.Subprotocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"The subprotocol is {ConverseConnection.Subprotocol}.", context.RequestAborted);
            return;
        }

        var socket = await context.WebSockets.AcceptWebSocketAsync(offered.Count > 0 ? ConverseConnection.Subprotocol : null);
        var line = new WebSocketLine(socket, ConverseTransport.MaxFrame, services.Time, context.RequestAborted);
        await sessions.ServeAsync(new ConverseTransport(line), services, shutdown: stopping);
    }
}
