using System.Buffers;
using System.Text.Json;
using Parley.Replies.Wire;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Writes a client's request anew for an upstream: the model's name, streaming and instructions are put in, all else goes on as it came.</summary>
internal static class WireBody
{
    /// <param name="request">The client's request.</param>
    /// <param name="model">The model to ask for.</param>
    /// <param name="instructions">What is added to the system message; null: nothing.</param>
    /// <param name="usage">Whether the server may be asked for token counts.</param>
    public static ArrayBufferWriter<byte> Write(WireRequest request, string model, string? instructions, bool usage)
    {
        var json = request.Json.Span;
        var body = new ArrayBufferWriter<byte>(json.Length + 128 + 2 * (instructions?.Length ?? 0));
        var reader = new Utf8JsonReader(json);
        reader.Read();
        body.Write("{\"model\":"u8);
        WriteString(body, model);
        body.Write(",\"stream\":true"u8);
        var (isStreamed, streamOptions) = (false, default(Range));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isMessages = reader.ValueTextEquals("messages"u8);
            var isStream = reader.ValueTextEquals("stream"u8);
            var isOptions = reader.ValueTextEquals("stream_options"u8);
            var isOurs = reader.ValueTextEquals("model"u8) || reader.ValueTextEquals("disable_quick_response"u8);
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            if (isStream) { isStreamed = reader.TokenType == JsonTokenType.True; }
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (isOptions) { streamOptions = value..end; }
            if (isStream || isOptions || isOurs) { continue; }
            body.Write(","u8);
            if (isMessages && !string.IsNullOrEmpty(instructions))
            {
                body.Write(json[start..value]);
                WriteMessages(body, json[value..end], instructions);
            }
            else { body.Write(json[start..end]); }
        }
        // An answer that the client wants in one piece is put together from a stream, and has its token counts.
        if (usage && !isStreamed) { body.Write(",\"stream_options\":{\"include_usage\":true}"u8); }
        else if (usage && !streamOptions.Equals(default))
        {
            body.Write(",\"stream_options\":"u8);
            body.Write(json[streamOptions]);
        }
        body.Write("}"u8);
        return body;
    }

    /// <summary>The messages with the instructions at the end of the system message, which is made where there is none: many models take only one, and only first.</summary>
    private static void WriteMessages(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> messages, string instructions)
    {
        var reader = new Utf8JsonReader(messages);
        reader.Read();
        var (isSystem, content, isText, isParts) = (false, 0, false, false);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isRole, isContent) = (reader.ValueTextEquals("role"u8), reader.ValueTextEquals("content"u8));
                reader.Read();
                if (isRole) { isSystem = reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8); }
                (isText, isParts) = isContent ? (reader.TokenType == JsonTokenType.String, reader.TokenType == JsonTokenType.StartArray) : (isText, isParts);
                reader.Skip();
                if (isContent) { content = (int)reader.BytesConsumed - 1; }
            }
        }
        if (isSystem && (isText || isParts))
        {
            body.Write(messages[..content]);
            if (isText) { body.Write(JsonEncodedText.Encode("\n" + instructions).EncodedUtf8Bytes); }
            else
            {
                body.Write(messages[..content].TrimEnd(" \t\r\n"u8) is [.., (byte)'['] ? "{\"type\":\"text\",\"text\":"u8 : ",{\"type\":\"text\",\"text\":"u8);
                WriteString(body, instructions);
                body.Write("}"u8);
            }
            body.Write(messages[content..]);
            return;
        }
        body.Write("[{\"role\":\"system\",\"content\":"u8);
        WriteString(body, instructions);
        body.Write("},"u8);
        body.Write(messages[1..]);
    }

    private static void WriteString(ArrayBufferWriter<byte> body, string text)
    {
        body.Write("\""u8);
        body.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        body.Write("\""u8);
    }
}
