using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>Turns requests away that are too many; stands behind the check of the key, so that only keys that are good have a count.</summary>
internal sealed class RequestLimitFilter(RequestLimits? limits = null) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        limits?.Admit(context.HttpContext);
        return next(context);
    }
}
