using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>
/// The key that a request shows: as a bearer token or, where a WebSocket is asked for, in the name of a subprotocol, since browsers set no headers there, or
/// in the address, which is all that one can give some devices.
/// </summary>
internal static class ShownKey
{
    /// <summary>What stands before a key in a subprotocol: the prefix of Parley's clients, and that of OpenAI's.</summary>
    public const string Subprotocol = "parley.key.", OpenAISubprotocol = "openai-insecure-api-key.";

    /// <summary>The parameter of an address that holds a key.</summary>
    public const string Parameter = "token";

    private const string Scheme = "Bearer ";

    /// <summary>Null where it shows none.</summary>
    public static string? Of(HttpContext http) => OfHeader(http.Request.Headers.Authorization)
        ?? (http.WebSockets.IsWebSocketRequest ? OfSubprotocol(http.WebSockets) ?? OfAddress(http.Request.Query) : null);

    private static string? OfHeader(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization[Scheme.Length..].Trim() : null;

    private static string? OfSubprotocol(WebSocketManager sockets)
    {
        foreach (var offered in sockets.WebSocketRequestedProtocols)
        {
            if (offered.StartsWith(Subprotocol, StringComparison.Ordinal)) { return offered[Subprotocol.Length..]; }
            if (offered.StartsWith(OpenAISubprotocol, StringComparison.Ordinal)) { return offered[OpenAISubprotocol.Length..]; }
        }
        return null;
    }

    private static string? OfAddress(IQueryCollection query) => query[Parameter] is [{ Length: > 0 } key] ? key : null;
}
