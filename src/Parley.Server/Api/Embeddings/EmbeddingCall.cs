using System.Text.Json;

namespace Parley.Server.Api.Embeddings;

/// <summary>A checked request for embeddings: texts, or lists of tokens, never both.</summary>
/// <param name="Model">The model's name as it was sent.</param>
/// <param name="Texts">The texts; empty where tokens were sent.</param>
/// <param name="Tokens">The lists of tokens; empty where texts were sent.</param>
/// <param name="Dimensions">How long the vectors shall be; null: as the model makes them.</param>
/// <param name="AsBase64">Whether the vectors go out as base64 of little-endian floats.</param>
internal sealed record EmbeddingCall(
    string Model, IReadOnlyList<string> Texts, IReadOnlyList<IReadOnlyList<int>> Tokens, int? Dimensions, bool AsBase64)
{
    private const int MaxInputs = 2048, MaxDimensions = 65_536;

    /// <exception cref="ApiException">A field is missing or wrong.</exception>
    public static EmbeddingCall From(JsonBody body)
    {
        var input = body.Field("input") ?? throw new ApiException(ApiError.MissingField("input"));
        var (texts, tokens) = Read(input);
        return new EmbeddingCall(
            body.RequiredText("model"), texts, tokens, body.Integer("dimensions", 1, MaxDimensions), body.OneOf("encoding_format", "float", "base64") == "base64");
    }

    private static (IReadOnlyList<string> Texts, IReadOnlyList<IReadOnlyList<int>> Tokens) Read(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String) { return ([Text(input)], []); }
        if (input.ValueKind != JsonValueKind.Array || input.GetArrayLength() == 0) { throw Wrong("'input' must be a text, a list of texts, or lists of tokens."); }
        if (input[0].ValueKind == JsonValueKind.Number) { return ([], [Numbers(input)]); }
        if (input.GetArrayLength() > MaxInputs) { throw Wrong($"'input' may hold {MaxInputs} texts."); }
        return input[0].ValueKind == JsonValueKind.Array
            ? ([], [.. input.EnumerateArray().Select(Numbers)])
            : ([.. input.EnumerateArray().Select(Text)], []);
    }

    private static string Text(JsonElement value) =>
        JsonBody.TextOf(value, "input") is { Length: > 0 } text ? text : throw Wrong("'input' must not hold an empty text.");

    private static int[] Numbers(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? [.. value.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.Number && t.TryGetInt32(out var token) && token >= 0
                ? token : throw Wrong("Tokens in 'input' must be whole numbers from 0."))]
            : throw Wrong("'input' must not mix texts and tokens, and no list of tokens may be empty.");

    private static ApiException Wrong(string message) => new(ApiError.BadField("input", message));
}
