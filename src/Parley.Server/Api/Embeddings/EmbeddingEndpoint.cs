using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Parley.Embeddings;

namespace Parley.Server.Api.Embeddings;

/// <summary><c>POST /v1/embeddings</c>: passes texts on to the configured model.</summary>
internal sealed class EmbeddingEndpoint(EmbeddingEngines engines, TimeProvider time)
{
    private const int MaxBodyBytes = 16 << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        EmbeddingCall call;
        using (var body = await JsonBody.ReadAsync(http, MaxBodyBytes, s_patience, time)) { call = EmbeddingCall.From(body); }
        var engine = engines.Find(call.Model);
        var options = new EmbeddingGenerationOptions { Dimensions = call.Dimensions };
        var embeddings = call.Texts.Count > 0 ? await engine.GenerateAsync(call.Texts, options, http.RequestAborted)
            : engine.GetService(typeof(ITokenEmbeddingGenerator)) is ITokenEmbeddingGenerator tokens
                ? await tokens.GenerateAsync(call.Tokens, options, http.RequestAborted)
                : throw new ApiException(ApiError.BadField("input", "This model takes texts, not tokens."));
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        Write(writer, call, embeddings);
        await writer.FlushAsync(http.RequestAborted);
        return Results.Empty;
    }

    private static void Write(Utf8JsonWriter writer, EmbeddingCall call, GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        for (var i = 0; i < embeddings.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object", "embedding");
            writer.WriteNumber("index", i);
            writer.WritePropertyName("embedding");
            WriteVector(writer, embeddings[i].Vector.Span, call.AsBase64);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("model", call.Model);
        // Where the server counts nothing, four characters are taken for a token.
        var estimate = call.Texts.Sum(t => (t.Length + 3L) / 4) + call.Tokens.Sum(t => (long)t.Count);
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", embeddings.Usage?.InputTokenCount ?? estimate);
        writer.WriteNumber("total_tokens", embeddings.Usage?.TotalTokenCount ?? estimate);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter writer, ReadOnlySpan<float> vector, bool asBase64)
    {
        if (asBase64)
        {
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(vector));
            return;
        }
        writer.WriteStartArray();
        foreach (var value in vector) { writer.WriteNumberValue(value); }
        writer.WriteEndArray();
    }
}
