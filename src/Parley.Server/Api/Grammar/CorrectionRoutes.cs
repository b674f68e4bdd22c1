using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api.Grammar;

/// <summary><c>/v1/correct</c>.</summary>
internal static class CorrectionRoutes
{
    public static void MapCorrections(this IEndpointRouteBuilder api) =>
        api.MapPost("/correct", (HttpContext http, CorrectionEndpoint corrections) => corrections.HandleAsync(http))
            .Describe("Coach", "Corrects a learner's English.").Takes(typeof(CorrectBody)).Gives(typeof(CorrectionBody));
}
