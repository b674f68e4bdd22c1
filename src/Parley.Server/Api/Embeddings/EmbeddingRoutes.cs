using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Api.Documentation;

namespace Parley.Server.Api.Embeddings;

/// <summary><c>/v1/embeddings</c>.</summary>
internal static class EmbeddingRoutes
{
    public static void MapEmbeddings(this IEndpointRouteBuilder api) =>
        api.MapPost("/embeddings", (HttpContext http, EmbeddingEndpoint embeddings) => embeddings.HandleAsync(http))
            .Describe("Embeddings", "Turns texts into vectors.").Takes(typeof(EmbeddingBody)).Gives(typeof(EmbeddingAnswer));
}
