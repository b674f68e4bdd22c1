using System.Text.Json;
using Parley.Learning.Grammar;

namespace Parley.Server.Api.Grammar;

/// <summary>Reads a request for a correction.</summary>
internal static class CorrectionCall
{
    private const int MaxCharacters = 20_000;

    /// <exception cref="ApiException">A field is missing or wrong.</exception>
    public static CorrectionRequest From(JsonBody body)
    {
        var text = body.RequiredText("text");
        if (text.Length > MaxCharacters) { throw new ApiException(ApiError.TooLarge(FormattableString.Invariant($"'text' may have {MaxCharacters} characters."), "text")); }
        return new CorrectionRequest(text, body.Flag("spoken"), Confidences(body));
    }

    private static double[]? Confidences(JsonBody body)
    {
        const string name = "confidences";
        if (body.Field(name) is not { } list) { return null; }
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(c => c.ValueKind == JsonValueKind.Number && c.GetDouble() is >= 0 and <= 1)
            ? [.. list.EnumerateArray().Select(c => c.GetDouble())]
            : throw new ApiException(ApiError.BadField(name, $"'{name}' must be a list of numbers from 0 to 1, one a word."));
    }
}
