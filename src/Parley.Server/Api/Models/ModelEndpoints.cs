using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>. An id may hold slashes.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models", (ModelDirectory models) => Results.Json(new ModelList("list", models.List()), ModelJson.Default.ModelList))
            .Describe("Models", "Lists the names that can be used now, at whichever endpoint.").Gives(typeof(ModelList));
        routes.MapGet("/models/{**id}", (string id, ModelDirectory models) => Results.Json(models.Find(Uri.UnescapeDataString(id)), ModelJson.Default.ModelObject))
            .Describe("Models", "Tells of one name.").Gives(typeof(ModelObject));
    }
}

internal sealed record ModelList(string Object, IReadOnlyList<ModelObject> Data);

/// <summary>A model as the API lists it.</summary>
internal sealed record ModelObject(string Id, string Object, long Created, string OwnedBy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelObject))]
internal sealed partial class ModelJson : JsonSerializerContext;
