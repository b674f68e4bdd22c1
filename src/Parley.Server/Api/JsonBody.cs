using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>The JSON object of a request, read field by field, so that each wrong field is named.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly JsonDocument _document;

    private JsonBody(JsonDocument document) => _document = document;

    public JsonElement Root => _document.RootElement;

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiException">It is no JSON object, or did not come in time.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, or broke off.</exception>
    public static async Task<JsonBody> ReadAsync(HttpContext http, int maxBytes, TimeSpan timeout, TimeProvider time)
    {
        var bytes = await RequestBody.ReadAsync(http, maxBytes, timeout, time);
        try
        {
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object) { return new JsonBody(document); }
            document.Dispose();
        }
        catch (JsonException)
        {
            // Said below; its message could repeat what was sent.
        }
        throw new ApiException(new ApiError(400, "The body is not a valid JSON object."));
    }

    /// <summary>The field; null where it is missing or null.</summary>
    public JsonElement? Field(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name) => Field(name) is { } value ? TextOf(value, name) : null;

    public string RequiredText(string name) => Text(name) ?? throw new ApiException(ApiError.MissingField(name));

    public double? Number(string name, double min, double max)
    {
        if (Field(name) is not { } value) { return null; }
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max ? number
            : throw new ApiException(ApiError.BadField(name, FormattableString.Invariant($"'{name}' must be a number from {min} to {max}.")));
    }

    public int? Integer(string name, int min, int max)
    {
        if (Field(name) is not { } value) { return null; }
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max ? number
            : throw new ApiException(ApiError.BadField(name, FormattableString.Invariant($"'{name}' must be a whole number from {min} to {max}.")));
    }

    /// <summary>A truth value; false where it is missing.</summary>
    public bool Flag(string name) => Field(name) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new ApiException(ApiError.BadField(name, $"'{name}' must be true or false.", "invalid_type")));

    /// <summary>A string that is one of <paramref name="values"/>; the first where it is missing.</summary>
    public string OneOf(string name, params IReadOnlyList<string> values)
    {
        var value = Text(name) ?? values[0];
        return values.Contains(value) ? value : throw new ApiException(ApiError.BadField(name, $"'{name}' must be one of {string.Join(", ", values)}."));
    }

    /// <summary>A string value.</summary>
    /// <exception cref="ApiException">It is none, or holds half a character.</exception>
    public static string TextOf(JsonElement value, string name)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String) { return value.GetString()!; }
        }
        catch (InvalidOperationException)
        {
            // An escaped surrogate without its other half.
        }
        throw new ApiException(ApiError.BadField(name, $"'{name}' must be a string.", "invalid_type"));
    }

    public void Dispose() => _document.Dispose();
}
