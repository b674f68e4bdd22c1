using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parley.Server.Api.Embeddings;

/// <summary><c>/v1/embeddings</c>.</summary>
internal static class EmbeddingRoutes
{
    public static void MapEmbeddings(this IEndpointRouteBuilder api) =>
        api.MapPost("/embeddings", (HttpContext http, EmbeddingEndpoint embeddings) => embeddings.HandleAsync(http));
}
