using Microsoft.AspNetCore.Http;

namespace Parley.Server.Observability;

/// <summary>What a client would rather read.</summary>
internal static class Accepts
{
    /// <summary>Whether it asks for JSON and for nothing before it.</summary>
    public static bool Json(HttpRequest request) => Prefers(request, "application/json");

    public static bool Html(HttpRequest request) => Prefers(request, "text/html");

    private static bool Prefers(HttpRequest request, string type) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accepted
        && accepted.OrderByDescending(a => a.Quality ?? 1).First() is var first && first.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
