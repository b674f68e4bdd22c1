using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary><c>tools</c> and <c>tool_choice</c>.</summary>
internal static class ToolFields
{
    /// <exception cref="ApiException">They are not a list of functions.</exception>
    public static IList<AITool>? Tools(JsonElement? tools)
    {
        if (tools is not { } list) { return null; }
        if (list.ValueKind != JsonValueKind.Array) { throw Fields.Wrong("tools", "an array of objects"); }
        return [.. list.EnumerateArray().Select((tool, i) => Tool(tool, $"tools[{i}]"))];
    }

    /// <exception cref="ApiException">It is none of those that there are.</exception>
    public static ChatToolMode? Choice(JsonElement? choice)
    {
        if (choice is not { } value) { return null; }
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("function", out var function) && Text(function, "name") is { Length: > 0 } name)
        {
            return ChatToolMode.RequireSpecific(name);
        }
        return (value.ValueKind == JsonValueKind.String ? value.GetString() : null) switch
        {
            "none" => ChatToolMode.None,
            "auto" => ChatToolMode.Auto,
            "required" => ChatToolMode.RequireAny,
            _ => throw new ApiException(ApiError.BadField("tool_choice", "'tool_choice' is none, auto, required, or an object that names a function.")),
        };
    }

    private static AIFunctionDeclaration Tool(JsonElement tool, string param)
    {
        if (tool.ValueKind != JsonValueKind.Object) { throw Fields.Wrong(param, "an object"); }
        if (Text(tool, "type") != "function") { throw new ApiException(ApiError.BadField($"{param}.type", "Tools are of the type 'function'.", "unsupported_value")); }
        if (!tool.TryGetProperty("function", out var function) || Text(function, "name") is not { Length: > 0 } name)
        {
            throw new ApiException(ApiError.MissingField($"{param}.function.name"));
        }
        var parameters = function.TryGetProperty("parameters", out var schema) && schema.ValueKind == JsonValueKind.Object ? schema : s_none;
        return AIFunctionFactory.CreateDeclaration(name, Text(function, "description"), parameters);
    }

    private static readonly JsonElement s_none = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private static string? Text(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
