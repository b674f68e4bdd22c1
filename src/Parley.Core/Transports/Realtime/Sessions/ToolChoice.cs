using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>Whether tools are called: <c>auto</c>, <c>none</c>, <c>required</c>, or one function by its name.</summary>
/// <param name="Mode">One of the three words; <c>function</c> where one is named.</param>
/// <param name="Name">The function; null for the three words.</param>
[JsonConverter(typeof(ToolChoiceConverter))]
internal sealed record ToolChoice(string Mode = ToolChoice.Auto, string? Name = null)
{
    public const string Auto = "auto", None = "none", Required = "required", Function = "function";
}

internal sealed class ToolChoiceConverter : JsonConverter<ToolChoice>
{
    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        var root = value.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.String when root.GetString() is ToolChoice.Auto or ToolChoice.None or ToolChoice.Required => new ToolChoice(root.GetString()!),
            JsonValueKind.Object when Text(root, "type") == ToolChoice.Function && Text(root, "name") is { Length: > 0 } name => new ToolChoice(ToolChoice.Function, name),
            _ => throw new JsonException(),
        };
    }

    public override void Write(Utf8JsonWriter writer, ToolChoice value, JsonSerializerOptions options)
    {
        if (value.Name is null)
        {
            writer.WriteStringValue(value.Mode);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("type"u8, value.Mode);
        writer.WriteString("name"u8, value.Name);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
