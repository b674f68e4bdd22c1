using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api;

/// <summary><c>GET /v1/access</c>: what the key that a request shows would open. It asks for none itself, so that a client can tell before it is refused.</summary>
internal static class AccessEndpoint
{
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var keys = routes.ServiceProvider.GetService<ApiKeys>();
        routes.MapGet("/v1/access", (HttpContext http) => Results.Json(AccessReport.Of(http, keys), AccessJson.Default.AccessReport))
            .Describe("Access", "Tells what the key that is shown opens; answers everybody.").Gives(typeof(AccessReport));
    }
}

/// <summary>What a request may do.</summary>
/// <param name="Admitted">Whether it may use the API and talk.</param>
/// <param name="Operator">Whether it may see <c>/v1/ops</c>.</param>
internal sealed record AccessReport(bool Admitted, bool Operator)
{
    public static AccessReport Of(HttpContext http, ApiKeys? keys)
    {
        var admitted = keys?.Admits(http) ?? true;
        return new AccessReport(admitted, admitted && (keys?.IsOperator(http) ?? LocalRequest.Is(http)));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AccessReport))]
internal sealed partial class AccessJson : JsonSerializerContext;
