using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Wire;

/// <summary>What a client of the Realtime API may say.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UpdateSession), "session.update")]
[JsonDerivedType(typeof(AppendAudio), "input_audio_buffer.append")]
[JsonDerivedType(typeof(CommitAudio), "input_audio_buffer.commit")]
[JsonDerivedType(typeof(ClearAudio), "input_audio_buffer.clear")]
[JsonDerivedType(typeof(CreateItem), "conversation.item.create")]
[JsonDerivedType(typeof(RetrieveItem), "conversation.item.retrieve")]
[JsonDerivedType(typeof(DeleteItem), "conversation.item.delete")]
[JsonDerivedType(typeof(TruncateItem), "conversation.item.truncate")]
[JsonDerivedType(typeof(CreateResponse), "response.create")]
[JsonDerivedType(typeof(CancelResponse), "response.cancel")]
internal abstract record ClientEvent
{
    /// <summary>The client's own name for it; an error that it causes names it.</summary>
    public string? EventId { get; init; }
}

/// <summary>The change stays as it came: only so is what is absent told from what is null.</summary>
internal sealed record UpdateSession(JsonElement? Session) : ClientEvent;

internal sealed record AppendAudio(byte[]? Audio) : ClientEvent;

internal sealed record CommitAudio : ClientEvent;

internal sealed record ClearAudio : ClientEvent;

internal sealed record CreateItem(ConversationItem? Item, string? PreviousItemId) : ClientEvent
{
    /// <summary>In place of an id: the item becomes the first.</summary>
    public const string Root = "root";
}

internal sealed record RetrieveItem(string? ItemId) : ClientEvent;

internal sealed record DeleteItem(string? ItemId) : ClientEvent;

/// <summary>Times come as whole milliseconds by the specification, and with a fraction from clients that compute them.</summary>
internal sealed record TruncateItem(string? ItemId, int? ContentIndex, double? AudioEndMs) : ClientEvent;

internal sealed record CreateResponse(ResponseParameters? Response) : ClientEvent;

internal sealed record CancelResponse(string? ResponseId) : ClientEvent;

/// <summary>What a single response does otherwise than the session says.</summary>
internal sealed record ResponseParameters
{
    public IReadOnlyList<Modality>? OutputModalities { get; init; }

    public string? Instructions { get; init; }

    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    public ToolChoice? ToolChoice { get; init; }

    public AudioOutputChange? Audio { get; init; }

    public TokenLimit? MaxOutputTokens { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary><c>auto</c>, or <c>none</c>: the response is made beside the conversation and leaves no trace in it.</summary>
    public ConversationKind? Conversation { get; init; }

    public IReadOnlyList<ConversationItem>? Input { get; init; }
}

internal sealed record AudioOutputChange(VoiceChange? Output);

internal sealed record VoiceChange(VoiceName? Voice);

[JsonConverter(typeof(Protocol.SnakeCaseEnumConverter<ConversationKind>))]
internal enum ConversationKind
{
    Auto,
    None,
}
