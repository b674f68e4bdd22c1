using System.Net;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>Whether somebody at this machine makes a request.</summary>
internal static class LocalRequest
{
    private static readonly string[] s_forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    /// <summary>
    /// It comes over the loopback, no proxy says that it brings it for another, and it is meant for this machine by name: a page of another
    /// site whose name was made to lead here has that site's.
    /// </summary>
    public static bool Is(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && !s_forwarded.Any(http.Request.Headers.ContainsKey)
        && IsThisMachine(http.Request.Host.Host);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
