using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Learning.Pronunciation;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api.Pronunciation;

/// <summary>What judges pronunciation over HTTP.</summary>
internal static class PronunciationRoutes
{
    public static void MapPronunciation(this IEndpointRouteBuilder api) =>
        api.MapPost("/assess", (HttpContext http, AssessEndpoint assess) => assess.HandleAsync(http))
            .Describe("Coach", "Judges how a known text was read aloud; difference is a picture beside a native voice, and no grade.").Takes(typeof(AssessFields), "multipart/form-data").Gives(typeof(Assessment));
}
