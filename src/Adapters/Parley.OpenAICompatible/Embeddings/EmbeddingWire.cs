using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.OpenAICompatible.Embeddings;

/// <summary>The request; its input is texts, or lists of tokens.</summary>
internal sealed record EmbeddingWireRequest(string Model, object Input, string EncodingFormat, int? Dimensions);

internal sealed record EmbeddingWireResponse(IReadOnlyList<EmbeddingWireItem>? Data, EmbeddingWireUsage? Usage, JsonElement? Error);

/// <summary>The vector of one text: base64 of little-endian floats, or the numbers, for not every server heeds the format that was asked for.</summary>
internal sealed record EmbeddingWireItem(int? Index, JsonElement Embedding);

internal sealed record EmbeddingWireUsage(long? PromptTokens, long? TotalTokens);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(EmbeddingWireRequest))]
[JsonSerializable(typeof(EmbeddingWireResponse))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<int>>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(IReadOnlyList<int>[]))]
internal sealed partial class EmbeddingWireJson : JsonSerializerContext;
