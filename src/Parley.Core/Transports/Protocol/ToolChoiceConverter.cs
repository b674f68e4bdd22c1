using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Parley.Transports.Protocol;

/// <summary>Writes the choice of a tool as <c>auto</c>, <c>none</c>, <c>required</c>, or <c>{"name": …}</c> for the tool that must be called.</summary>
internal sealed class ToolChoiceConverter : JsonConverter<ChatToolMode>
{
    public override ChatToolMode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject && JsonElement.TryParseValue(ref reader, out var choice)
            && choice.Value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } tool)
        {
            return ChatToolMode.RequireSpecific(tool);
        }
        return (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => throw new JsonException(),
        };
    }

    public override void Write(Utf8JsonWriter writer, ChatToolMode value, JsonSerializerOptions options)
    {
        if (value is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteEndObject();
            return;
        }
        writer.WriteStringValue(value switch { NoneChatToolMode => "none", RequiredChatToolMode => "required", _ => "auto" });
    }
}
