using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Replies.Wire;

namespace Parley.Server.Api.Chat;

/// <summary>A request for a chat completion, checked.</summary>
internal sealed class ChatRequest
{
    /// <summary>The model as the client calls it.</summary>
    public required string Model { get; init; }

    /// <summary>The messages; enumerating them parses them.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>What engines are given besides.</summary>
    public required ChatOptions Options { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether token counts end the stream.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>Whether the client wants no interjection.</summary>
    public bool DisableQuickReply { get; init; }

    public static AdditionalPropertiesDictionary Properties(WireRequest wire) => new() { [ReplyProperties.Wire] = wire };
}
