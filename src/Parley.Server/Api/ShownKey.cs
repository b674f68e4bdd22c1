using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>The key that a request shows: as a bearer token or, for browsers, whose WebSockets have no headers of their own, in the name of a subprotocol.</summary>
internal static class ShownKey
{
    /// <summary>What stands before a key in a subprotocol: the prefix of Parley's clients, and that of OpenAI's.</summary>
    public const string Subprotocol = "parley.key.", OpenAISubprotocol = "openai-insecure-api-key.";

    private const string Scheme = "Bearer ";

    /// <summary>Null where it shows none.</summary>
    public static string? Of(HttpContext http) => OfHeader(http.Request.Headers.Authorization) ?? OfSubprotocol(http.WebSockets);

    private static string? OfHeader(string? authorization) =>
        authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization[Scheme.Length..].Trim() : null;

    private static string? OfSubprotocol(WebSocketManager sockets)
    {
        if (!sockets.IsWebSocketRequest) { return null; }
        foreach (var offered in sockets.WebSocketRequestedProtocols)
        {
            if (offered.StartsWith(Subprotocol, StringComparison.Ordinal)) { return offered[Subprotocol.Length..]; }
            if (offered.StartsWith(OpenAISubprotocol, StringComparison.Ordinal)) { return offered[OpenAISubprotocol.Length..]; }
        }
        return null;
    }
}
