using System.Text.Json;

namespace Parley.Server.Api.Chat;

/// <summary>What messages must look like, whoever answers them.</summary>
internal static class MessageRules
{
    /// <summary>Checks the array whose name the reader stands on.</summary>
    /// <returns>The array's bytes.</returns>
    /// <exception cref="ApiException">It is none, is empty, or a message in it is wrong; the error says which.</exception>
    public static ReadOnlyMemory<byte> Check(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) { throw Fields.Wrong("messages", "an array of objects"); }
        var start = (int)reader.TokenStartIndex;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { throw Fields.Wrong($"messages[{count}]", "an object"); }
            CheckMessage(ref reader, count);
            count++;
        }
        if (count == 0) { throw new ApiException(ApiError.BadField("messages", "'messages' must hold at least one message.")); }
        return body[start..(int)reader.BytesConsumed];
    }

    private static void CheckMessage(ref Utf8JsonReader reader, int index)
    {
        bool hasRole = false, hasContent = false, hasCalls = false, needsContent = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("role"u8)) { (hasRole, needsContent) = (true, CheckRole(ref reader, index)); }
            else if (reader.ValueTextEquals("content"u8)) { hasContent = CheckContent(ref reader, index); }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                reader.Read();
                hasCalls = reader.TokenType == JsonTokenType.StartArray;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("tool_call_id"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) { throw Fields.Wrong($"messages[{index}].tool_call_id", "a string"); }
            }
            else { reader.Skip(); }
        }
        if (!hasRole) { throw new ApiException(ApiError.MissingField($"messages[{index}].role")); }
        if (needsContent && !hasContent && !hasCalls) { throw new ApiException(ApiError.MissingField($"messages[{index}].content")); }
    }

    /// <returns>Whether a message of this role must have a content.</returns>
    private static bool CheckRole(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) { throw Fields.Wrong($"messages[{index}].role", "a string"); }
        if (reader.ValueTextEquals("assistant"u8)) { return false; }
        return reader.ValueTextEquals("user"u8) || reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8) || reader.ValueTextEquals("tool"u8)
            ? true
            : throw new ApiException(ApiError.BadField($"messages[{index}].role", "A role is one of system, developer, user, assistant and tool."));
    }

    private static bool CheckContent(ref Utf8JsonReader reader, int index)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return true;
            case JsonTokenType.Null: return false;
            case JsonTokenType.StartArray: break;
            default: throw Fields.Wrong($"messages[{index}].content", "a string or an array of parts");
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { throw Fields.Wrong($"messages[{index}].content", "a string or an array of parts"); }
            reader.Skip();
        }
        return true;
    }
}
