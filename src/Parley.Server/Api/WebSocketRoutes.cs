using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Api.Documentation;
using Parley.Server.Threading;

namespace Parley.Server.Api;

internal static class WebSocketRoutes
{
    /// <summary>Maps an endpoint that accepts a WebSocket behind the <see cref="WebSocketGate"/>, and serves it on a loop of sessions.</summary>
    public static IEndpointConventionBuilder MapWebSocket(this IEndpointRouteBuilder routes, string path, Delegate endpoint) =>
        // Over HTTP/2, which TLS brings, a WebSocket begins with CONNECT.
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Connect], endpoint).AddEndpointFilter<ApiErrorFilter>().AddEndpointFilter<WebSocketGate>().AddEndpointFilter<SessionLoopFilter>()
            .GivesWebSocket().GivesErrors(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);
}
