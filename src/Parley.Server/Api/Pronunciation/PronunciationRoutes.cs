using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Api.Pronunciation;

/// <summary>What judges pronunciation over HTTP.</summary>
internal static class PronunciationRoutes
{
    public static void MapPronunciation(this IEndpointRouteBuilder api) =>
        api.MapPost("/assess", (HttpContext http, AssessEndpoint assess) => assess.HandleAsync(http));
}
