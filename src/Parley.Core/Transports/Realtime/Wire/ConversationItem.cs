using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Wire;

/// <summary>A part of the conversation as clients know it: what somebody said, a call of a tool, or its result.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageItem), "message")]
[JsonDerivedType(typeof(FunctionCallItem), "function_call")]
[JsonDerivedType(typeof(FunctionCallOutputItem), "function_call_output")]
[JsonDerivedType(typeof(ItemReference), "item_reference")]
internal abstract record ConversationItem
{
    public const string ObjectName = "realtime.item";

    public string? Id { get; init; }

    public string? Object { get; init; }

    public ItemStatus? Status { get; init; }
}

internal sealed record MessageItem(ItemRole? Role, IReadOnlyList<ContentPart>? Content) : ConversationItem
{
    /// <summary>All its words, written or spoken.</summary>
    [JsonIgnore]
    public string Text => string.Join(' ', (Content ?? []).Select(p => p.ReadWords()).Where(w => !string.IsNullOrWhiteSpace(w)));
}

internal sealed record FunctionCallItem(string? CallId, string? Name, string? Arguments) : ConversationItem;

internal sealed record FunctionCallOutputItem(string? CallId, string? Output) : ConversationItem;

/// <summary>Stands for an item of the conversation in the input of a response.</summary>
internal sealed record ItemReference : ConversationItem;

[JsonConverter(typeof(SnakeCaseEnumConverter<ItemRole>))]
internal enum ItemRole
{
    User,
    Assistant,
    System,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<ItemStatus>))]
internal enum ItemStatus
{
    InProgress,
    Completed,
    Incomplete,
}
