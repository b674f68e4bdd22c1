using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Api.Grammar;

/// <summary><c>/v1/correct</c>.</summary>
internal static class CorrectionRoutes
{
    public static void MapCorrections(this IEndpointRouteBuilder api) =>
        api.MapPost("/correct", (HttpContext http, CorrectionEndpoint corrections) => corrections.HandleAsync(http));
}
