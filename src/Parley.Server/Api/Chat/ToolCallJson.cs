using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary>Writes what a tool call consists of, inside its object.</summary>
internal static class ToolCallJson
{
    public static void Write(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteString("id"u8, call.CallId);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, call.Arguments is { } arguments
            ? JsonSerializer.Serialize(arguments, ChatJson.Default.IDictionaryStringObject) : "{}");
        json.WriteEndObject();
    }
}
