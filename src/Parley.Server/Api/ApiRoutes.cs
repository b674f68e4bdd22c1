using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Api;

/// <summary>The root of the OpenAI-compatible endpoints.</summary>
internal static class ApiRoutes
{
    /// <summary>The group <c>/v1</c>, in which failures become error objects.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1");
        group.AddEndpointFilter<RouteGroupBuilder, ApiErrorFilter>();
        return group;
    }
}
