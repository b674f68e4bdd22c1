using Microsoft.AspNetCore.Http;
using Parley.Server.Api.Realtime;

namespace Parley.Server.Api;

/// <summary>
/// Lets a WebSocket be opened by who shows a key, where there are keys, or a client secret, which the request then has as a feature.
/// Who is not let in is told so before the upgrade.
/// </summary>
/// <param name="keys">The keys; none are asked for where the application has registered none.</param>
/// <param name="secrets">The client secrets, where there are such.</param>
internal sealed class WebSocketGate(ApiKeys? keys = null, ClientSecrets? secrets = null) : IEndpointFilter
{
    private static readonly ApiError s_refused = new(
        401, $"A valid API key is needed: 'Authorization: Bearer KEY', the subprotocol '{ShownKey.Subprotocol}KEY', or '?{ShownKey.Parameter}=KEY'.", Code: "invalid_api_key");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = ShownKey.Of(http);
        if (secrets?.Find(key) is { } secret) { http.Features.Set(secret); }
        // One that is over is told even where anybody may come in: its client counts on the session that it carried.
        else if (keys?.Admits(http) == false || (secrets is not null && ClientSecrets.IsOne(key) && keys?.Find(http) is null)) { throw new ApiException(s_refused); }
        if (!http.WebSockets.IsWebSocketRequest) { throw new ApiException(new ApiError(426, $"{http.Request.Path} is a WebSocket.", Code: "upgrade_required")); }
        return next(context);
    }
}
