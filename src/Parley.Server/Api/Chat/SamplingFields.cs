using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary>The fields that say how the model should answer, for engines that do not read the request itself.</summary>
internal static class SamplingFields
{
    /// <summary>Reads one field, whose name the reader stands on.</summary>
    /// <exception cref="ApiException">Its value has a wrong type, or cannot be honoured.</exception>
    public static void Read(ref Utf8JsonReader reader, ChatOptions options)
    {
        if (reader.ValueTextEquals("temperature"u8)) { options.Temperature = (float?)Fields.Number(ref reader, "temperature"); }
        else if (reader.ValueTextEquals("top_p"u8)) { options.TopP = (float?)Fields.Number(ref reader, "top_p"); }
        else if (reader.ValueTextEquals("max_completion_tokens"u8)) { options.MaxOutputTokens = Limit(Fields.Integer(ref reader, "max_completion_tokens"), "max_completion_tokens"); }
        else if (reader.ValueTextEquals("max_tokens"u8)) { options.MaxOutputTokens ??= Limit(Fields.Integer(ref reader, "max_tokens"), "max_tokens"); }
        else if (reader.ValueTextEquals("n"u8)) { ChatRequestReader.CheckChoices(Fields.Integer(ref reader, "n")); }
        else if (reader.ValueTextEquals("seed"u8)) { options.Seed = Fields.Integer(ref reader, "seed"); }
        else if (reader.ValueTextEquals("stop"u8)) { options.StopSequences = Fields.Texts(ref reader, "stop"); }
        else if (reader.ValueTextEquals("frequency_penalty"u8)) { options.FrequencyPenalty = (float?)Fields.Number(ref reader, "frequency_penalty"); }
        else if (reader.ValueTextEquals("presence_penalty"u8)) { options.PresencePenalty = (float?)Fields.Number(ref reader, "presence_penalty"); }
        else if (reader.ValueTextEquals("tools"u8)) { options.Tools = ToolFields.Tools(Fields.Element(ref reader)); }
        else if (reader.ValueTextEquals("tool_choice"u8)) { options.ToolMode = ToolFields.Choice(Fields.Element(ref reader)); }
        else if (reader.ValueTextEquals("parallel_tool_calls"u8)) { options.AllowMultipleToolCalls = Fields.Flag(ref reader, "parallel_tool_calls"); }
        else if (reader.ValueTextEquals("response_format"u8)) { options.ResponseFormat = Format(Fields.Element(ref reader)); }
        else { reader.Skip(); }
    }

    private static int? Limit(long? value, string name) => value switch
    {
        null => null,
        >= 1 and <= int.MaxValue => (int)value,
        _ => throw new ApiException(ApiError.BadField(name, $"'{name}' must be at least 1.")),
    };

    private static ChatResponseFormat? Format(JsonElement? format)
    {
        if (format is not { } value) { return null; }
        var type = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString() : null;
        return type switch
        {
            "text" => ChatResponseFormat.Text,
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when value.TryGetProperty("json_schema", out var schema) && schema.ValueKind == JsonValueKind.Object => schema.TryGetProperty("schema", out var inner)
                ? ChatResponseFormat.ForJsonSchema(inner, schema.TryGetProperty("name", out var name) ? name.ToString() : null) : ChatResponseFormat.Json,
            _ => throw new ApiException(ApiError.BadField("response_format", "'response_format.type' is one of text, json_object and json_schema.")),
        };
    }
}
