using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>Lets in who shows a key, where there are keys. It stands inside <see cref="ApiErrorFilter"/>, which tells the others.</summary>
/// <param name="keys">The keys; none are asked for where the application has registered none.</param>
internal sealed class ApiKeyFilter(ApiKeys? keys = null) : IEndpointFilter
{
    private static readonly ApiError s_refused =
        new(401, "A valid API key is needed: 'Authorization: Bearer KEY'.", Code: "invalid_api_key");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        keys is null || keys.Admits(context.HttpContext)
            ? next(context) : throw new ApiException(s_refused);
}
