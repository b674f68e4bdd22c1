using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>Stands around the endpoints of requests: lets in who shows a key and does not come too often, and has failures told.</summary>
/// <param name="errors">Stands outermost and tells the others.</param>
/// <param name="keys">The keys; none are asked for where the application has registered none.</param>
/// <param name="limits">How many requests are taken; all, where the application has registered none.</param>
/// <remarks>Thread-safe. Not endpoint filters: those cost a request a list of its arguments, and a walk through each of them.</remarks>
internal sealed class ApiGate(ApiErrorFilter errors, ApiKeys? keys = null, RequestLimits? limits = null)
{
    private static readonly ApiError s_refused =
        new(401, "A valid API key is needed: 'Authorization: Bearer KEY'.", Code: "invalid_api_key");

    /// <summary>The endpoint with this around it.</summary>
    public RequestDelegate Around(RequestDelegate endpoint)
    {
        return http => errors.RunAsync(http, AdmitAsync);

        Task AdmitAsync(HttpContext http)
        {
            if (keys?.Admits(http) == false) { throw new ApiException(s_refused); }
            // Behind the check of the key, so that only keys that are good have a count.
            limits?.Admit(http);
            return endpoint(http);
        }
    }
}
