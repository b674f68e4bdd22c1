using System.Text.Json;

namespace Parley.Server.Api.Chat;

/// <summary>Reads the value of a field, whose name the reader stands on; null is as good as absent. A wrong type is a 400 that names the field.</summary>
internal static class Fields
{
    public static string? Text(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw Wrong(name, "a string"),
        };
    }

    public static bool Flag(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw Wrong(name, "a boolean"),
        };
    }

    public static double? Number(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) { return null; }
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) ? value : throw Wrong(name, "a number");
    }

    public static long? Integer(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) { return null; }
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw Wrong(name, "an integer");
    }

    public static IList<string>? Texts(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) { return null; }
        if (reader.TokenType == JsonTokenType.String) { return [reader.GetString()!]; }
        if (reader.TokenType != JsonTokenType.StartArray) { throw Wrong(name, "a string or a list of strings"); }
        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Wrong(name, "a string or a list of strings"));
        }
        return texts;
    }

    /// <summary>Steps into an object; false: it is null.</summary>
    public static bool BeginObject(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw Wrong(name, "an object"),
        };
    }

    /// <summary>The whole value, for the rare fields that are looked into; null where it is null.</summary>
    public static JsonElement? Element(ref Utf8JsonReader reader)
    {
        reader.Read();
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    public static ApiException Wrong(string name, string expected) =>
        new(ApiError.BadField(name, $"Invalid type for '{name}': expected {expected}.", "invalid_type"));
}
