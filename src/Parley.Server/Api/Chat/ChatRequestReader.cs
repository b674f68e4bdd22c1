using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.AI;
using Parley.Replies.Wire;

namespace Parley.Server.Api.Chat;

/// <summary>Reads and checks the body of <c>POST /v1/chat/completions</c> in one pass; the messages are checked here and parsed when they are needed.</summary>
/// <remarks>What is harmless and unknown stays in the body, which goes on to engines that understand it.</remarks>
internal static class ChatRequestReader
{
    private const int MostChoices = 1;

    /// <exception cref="ApiException">The body cannot be served; the error names the field, and never repeats what is in it.</exception>
    public static ChatRequest Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) { throw new ApiException(new ApiError(400, "The body is not valid UTF-8.")); }
        try
        {
            if (!IsUnicode(body.Span)) { throw new ApiException(new ApiError(400, "The body holds text that is not valid Unicode.")); }
            var reader = new Utf8JsonReader(body.Span);
            return Read(ref reader, body);
        }
        catch (JsonException e)
        {
            // The parser's own sentence may quote the body.
            throw new ApiException(new ApiError(400, $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine})."));
        }
    }

    private static ChatRequest Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        string? model = null;
        (bool Stream, bool IncludeUsage, bool DisableQuickReply) flags = default;
        ReadOnlyMemory<byte>? messages = null;
        var options = new ChatOptions();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) { throw new ApiException(new ApiError(400, "The body must be a JSON object.")); }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Compared as bytes: the usual names cost no strings.
            if (reader.ValueTextEquals("model"u8)) { model = Fields.Text(ref reader, "model"); }
            else if (reader.ValueTextEquals("messages"u8)) { messages = MessageRules.Check(ref reader, body); }
            else if (reader.ValueTextEquals("stream"u8)) { flags.Stream = Fields.Flag(ref reader, "stream"); }
            else if (reader.ValueTextEquals("stream_options"u8)) { flags.IncludeUsage = IncludeUsage(ref reader); }
            else if (reader.ValueTextEquals("disable_quick_response"u8)) { flags.DisableQuickReply = Fields.Flag(ref reader, WireRequest.DisableQuickReply); }
            else { SamplingFields.Read(ref reader, options); }
        }
        // Read to the end, so that what follows the object is an error and not silence.
        while (reader.Read()) { }
        if (messages is not { } list) { throw new ApiException(ApiError.MissingField("messages")); }
        if (string.IsNullOrEmpty(model)) { throw new ApiException(ApiError.MissingField("model")); }

        var client = new ClientMessages(list);
        options.AdditionalProperties = ChatRequest.Properties(new WireRequest(body, client));
        return new ChatRequest
        {
            Model = model, Messages = client, Options = options,
            Stream = flags.Stream, IncludeUsage = flags.IncludeUsage, DisableQuickReply = flags.DisableQuickReply,
        };
    }

    /// <summary>Whether no text has half a surrogate pair: JSON allows to write it as an escape, no string can hold it, and servers fail at it.</summary>
    private static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) { return true; }
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) { reader.GetString(); }
            }
            return true;
        }
        catch (InvalidOperationException) { return false; }
    }

    private static bool IncludeUsage(ref Utf8JsonReader reader)
    {
        if (!Fields.BeginObject(ref reader, "stream_options")) { return false; }
        var include = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("include_usage"u8)) { include = Fields.Flag(ref reader, "stream_options.include_usage"); }
            else { reader.Skip(); }
        }
        return include;
    }

    /// <summary>The limit of <c>n</c>.</summary>
    public static void CheckChoices(long? n)
    {
        if (n > MostChoices) { throw new ApiException(ApiError.BadField("n", "Only one choice can be made: 'n' must be 1.", "unsupported_value")); }
        if (n < 1) { throw new ApiException(ApiError.BadField("n", "'n' must be 1.")); }
    }
}
