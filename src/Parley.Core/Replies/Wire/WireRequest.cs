using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Replies.Wire;

/// <summary>
/// A chat completion request as its client wrote it, in OpenAI's form; under <see cref="ReplyProperties.Wire"/> in the options. A client that
/// speaks the same form may send it on instead of translating it back, so that fields nobody here knows arrive too, and may then answer with
/// <see cref="WireChunk"/>s.
/// </summary>
/// <param name="json">A valid JSON object with at least one message. Nobody writes to it any more.</param>
/// <param name="messages">Its messages. Only the very same sequence may be answered from the JSON: a decorator that changes it wants its own.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class WireRequest(ReadOnlyMemory<byte> json, IEnumerable<ChatMessage> messages)
{
    /// <summary>Parley's own field: true has the large model answer alone. It is not sent on.</summary>
    public const string DisableQuickReply = "disable_quick_response";

    public ReadOnlyMemory<byte> Json { get; } = json;

    public IEnumerable<ChatMessage> Messages { get; } = messages;

    /// <summary>The request of a call; null: it was made otherwise, or a decorator has changed its messages.</summary>
    public static WireRequest? Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        options?.AdditionalProperties is { } properties && properties.TryGetValue(ReplyProperties.Wire, out var value)
        && value is WireRequest request && ReferenceEquals(request.Messages, messages) ? request : null;

    /// <summary>The same request once the assistant has begun to answer it.</summary>
    /// <param name="answer">What was said so far; it follows the messages.</param>
    /// <param name="messages">The messages with the one that is added.</param>
    public WireRequest Answered(string answer, IEnumerable<ChatMessage> messages)
    {
        var (json, end) = (Json, EndOfMessages());
        byte[] longer =
            [.. json.Span[..end], .. ",{\"role\":\"assistant\",\"content\":\""u8, .. JsonEncodedText.Encode(answer).EncodedUtf8Bytes, .. "\"}"u8, .. json.Span[end..]];
        return new WireRequest(longer, messages);
    }

    /// <summary>Where the list of messages closes.</summary>
    private int EndOfMessages()
    {
        var reader = new Utf8JsonReader(Json.Span);
        var end = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMessages = reader.ValueTextEquals("messages"u8);
            reader.Skip();
            if (isMessages) { end = (int)reader.BytesConsumed - 1; }
        }
        return end;
    }
}
