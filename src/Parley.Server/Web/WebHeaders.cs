using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Web;

/// <summary>What browsers are told about the web client's files.</summary>
internal static class WebHeaders
{
    // Styles of elements are set by script as properties, which the policy does not concern.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self' blob:; "
        + "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Where the build puts files that are named after their content.</summary>
    private static readonly PathString s_hashed = new("/assets");

    /// <summary>Puts them on a file's response: nothing from elsewhere, memory that worklets may share, and no stale page.</summary>
    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=()";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers[HeaderNames.CacheControl] = context.Request.Path.StartsWithSegments(s_hashed) ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
