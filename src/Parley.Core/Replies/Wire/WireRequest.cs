using Microsoft.Extensions.AI;

namespace Parley.Replies.Wire;

/// <summary>
/// A chat completion request as its client wrote it, in OpenAI's form; under <see cref="ReplyProperties.Wire"/> in the options. A client that
/// speaks the same form may send it on instead of translating it back, so that fields nobody here knows arrive too, and may then answer with
/// <see cref="WireChunk"/>s.
/// </summary>
/// <param name="json">A valid JSON object. Nobody writes to it any more.</param>
/// <param name="messages">Its messages. Only the very same list may be answered from the JSON: a decorator that changes it wants its own.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class WireRequest(ReadOnlyMemory<byte> json, IReadOnlyList<ChatMessage> messages)
{
    /// <summary>Parley's own field: true has the large model answer alone. It is not sent on.</summary>
    public const string DisableQuickReply = "disable_quick_response";

    public ReadOnlyMemory<byte> Json { get; } = json;

    public IReadOnlyList<ChatMessage> Messages { get; } = messages;

    /// <summary>The request of a call; null: it was made otherwise, or a decorator has changed its messages.</summary>
    public static WireRequest? Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        options?.AdditionalProperties is { } properties && properties.TryGetValue(ReplyProperties.Wire, out var value)
        && value is WireRequest request && ReferenceEquals(request.Messages, messages) ? request : null;
}
