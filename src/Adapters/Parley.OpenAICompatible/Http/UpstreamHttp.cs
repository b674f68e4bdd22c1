using System.Net.Http.Headers;

namespace Parley.OpenAICompatible.Http;

/// <summary>The one HTTP client of an upstream: its connections stay open between turns, so that a turn does not begin with a handshake.</summary>
internal static class UpstreamHttp
{
    /// <summary>A client for the server; timeouts are the caller's. The owner disposes it.</summary>
    public static HttpClient Create(string? apiKey, IEnumerable<KeyValuePair<string, string>> headers, int maxConnections)
    {
        var handler = new SocketsHttpHandler
        {
            // Long enough for a conversation's pauses, short enough to follow a change of address.
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = maxConnections,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(apiKey)) { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey); }
        foreach (var (name, value) in headers) { client.DefaultRequestHeaders.TryAddWithoutValidation(name, value); }
        return client;
    }
}
