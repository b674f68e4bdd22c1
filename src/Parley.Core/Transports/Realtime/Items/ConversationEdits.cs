using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Input;
using Parley.Transports.Realtime.Responses;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Items;

/// <summary>What a client does to the conversation by hand. Each method gives the reason why nothing was done, or null.</summary>
internal sealed class ConversationEdits(NativeSession native, ItemStore items, InputBuffer input, UserSpeech user, ResponseLog responses, EventQueue events)
{
    private const int MaxText = 32_000, MaxId = 128;

    public RealtimeError? Create(CreateItem create)
    {
        if (create.Item is not { } item) { return RealtimeError.Missing("item"); }
        if ((Check(item) ?? CheckCall(item)) is { } fault) { return fault; }
        if (item.Id is { Length: > 0 } id && items.Find(id) is not null) { return RealtimeError.Invalid("item_already_exists", $"There is an item '{id}' already.", "item.id"); }
        StoredItem? previous = null;
        if (create.PreviousItemId is { } after and not CreateItem.Root && (previous = items.Find(after)) is null) { return RealtimeError.NoItem("previous_item_id", after); }

        var stored = new StoredItem(item with
        {
            Id = string.IsNullOrEmpty(item.Id) ? events.NewItemId() : item.Id, Object = ConversationItem.ObjectName, Status = ItemStatus.Completed,
        });
        var before = create.PreviousItemId is null ? items.Add(stored) : Insert(stored, previous);
        events.Tell(new ItemAdded(before, stored.Item));
        events.Tell(new ItemDone(before, stored.Item));
        Remember(stored, create.PreviousItemId is null ? null : NativeBefore(stored));
        return null;
    }

    public RealtimeError? Retrieve(RetrieveItem retrieve)
    {
        if (retrieve.ItemId is not { } id) { return RealtimeError.Missing("item_id"); }
        if (items.Find(id) is not { } item) { return RealtimeError.NoItem("item_id", id); }
        events.Tell(new ItemRetrieved(item.WithAudio()));
        return null;
    }

    public RealtimeError? Delete(DeleteItem delete)
    {
        if (delete.ItemId is not { } id) { return RealtimeError.Missing("item_id"); }
        if (items.Find(id) is not { } item) { return RealtimeError.NoItem("item_id", id); }
        items.Remove(item);
        if (item.IsRemembered) { native.Ask(new HistoryRemove(item.NativeId)); }
        events.Tell(new ItemDeleted(id));
        return null;
    }

    /// <summary>The user heard only the beginning of what the assistant said.</summary>
    public RealtimeError? Truncate(TruncateItem truncate)
    {
        if (truncate.ItemId is not { } id) { return RealtimeError.Missing("item_id"); }
        if (truncate.AudioEndMs is not { } asked) { return RealtimeError.Missing("audio_end_ms"); }
        if (truncate.ContentIndex is not 0) { return RealtimeError.BadValue("content_index", "'content_index' must be 0."); }
        if (items.Find(id) is not { } item) { return RealtimeError.NoItem("item_id", id); }
        if (item.Speech is not { } speech) { return RealtimeError.BadValue("item_id", "Only model output audio messages can be truncated."); }
        var heardMs = (long)Math.Clamp(asked, -1, long.MaxValue);
        if (heardMs < 0) { return RealtimeError.BadValue("audio_end_ms", "'audio_end_ms' must not be negative."); }
        if (heardMs > speech.DurationMs)
        {
            return RealtimeError.BadValue("audio_end_ms", $"Audio content of {speech.DurationMs} ms is already shorter than {heardMs} ms.");
        }

        var heard = speech.Truncate(heardMs);
        if (item.Item is MessageItem { Content.Count: > 0 } message) { item.Item = message with { Content = [new OutputAudioPart(speech.Text)] }; }
        if (item.Generation is { } generation)
        {
            if (responses.LiveGeneration == generation) { native.Ask(new Interrupt(generation)); }
            native.Ask(new Playback(generation, heard, PlaybackState.Stopped));
            item.IsRemembered &= speech.Text.Length > 0;
        }
        events.Tell(new ItemTruncated(id, 0, heardMs));
        return null;
    }

    private string? Insert(StoredItem item, StoredItem? previous)
    {
        items.Insert(item, previous);
        return previous?.Id;
    }

    /// <summary>Puts what the item says into the session's own history.</summary>
    /// <param name="item">The item.</param>
    /// <param name="after">What it follows there; empty: it is the first; null: the last.</param>
    private void Remember(StoredItem item, string? after)
    {
        switch (item.Item)
        {
            case FunctionCallOutputItem result:
                items.FindCall(result.CallId)!.WantsOutput = false;
                native.Ask(new ToolResult(result.CallId, result.Output));
                break;
            case MessageItem { Text: { Length: > 0 } text } message:
                (item.NativeId, item.IsRemembered) = (item.Id, true);
                native.Ask(new HistoryAdd(item.Id, RoleOf(message.Role!.Value), text, after));
                break;
            case MessageItem { Content: [InputAudioPart { Audio: { Length: > 0 } audio }] } spoken:
                (item.Item, item.Audio) = (spoken with { Content = [new InputAudioPart(null)] }, audio);
                items.BoundAudio();
                user.Await(item);
                input.Say(audio);
                break;
        }
    }

    /// <summary>A result belongs to a call that waits for it.</summary>
    private RealtimeError? CheckCall(ConversationItem item) =>
        item is not FunctionCallOutputItem result || items.FindCall(result.CallId) is not null ? null
        : RealtimeError.Invalid("invalid_tool_call_id", "There is no function call of this id that waits for its output.", "item.call_id");

    private string NativeBefore(StoredItem item) => items.AllBefore(item).LastOrDefault(i => i.IsRemembered)?.NativeId ?? "";

    private static RealtimeError? Check(ConversationItem item) => item switch
    {
        { Id.Length: > MaxId } => RealtimeError.BadValue("item.id", $"'item.id' is longer than {MaxId} characters."),
        MessageItem { Role: null } => RealtimeError.Missing("item.role"),
        MessageItem { Content: null or [] } => RealtimeError.Missing("item.content"),
        MessageItem { Content: { } content } when content.Contains(null!) => RealtimeError.BadValue("item.content", "'item.content' holds a null."),
        MessageItem { Role: ItemRole.Assistant, Content: { } content } when content.Any(p => p is InputTextPart or InputAudioPart) =>
            RealtimeError.BadValue("item.content", "The assistant's messages consist of output_text or output_audio."),
        MessageItem { Role: not ItemRole.Assistant, Content: { } content } when content.Any(p => p is OutputTextPart or OutputAudioPart) =>
            RealtimeError.BadValue("item.content", "Messages of user and system consist of input_text or input_audio."),
        MessageItem { Text.Length: > MaxText } => RealtimeError.BadValue("item.content", $"'item.content' is longer than {MaxText} characters."),
        FunctionCallOutputItem { CallId: null or "" } => RealtimeError.Missing("item.call_id"),
        FunctionCallOutputItem { Output: null } => RealtimeError.Missing("item.output"),
        FunctionCallOutputItem { Output.Length: > MaxText } => RealtimeError.BadValue("item.output", $"'item.output' is longer than {MaxText} characters."),
        FunctionCallItem { CallId: null or "" } => RealtimeError.Missing("item.call_id"),
        FunctionCallItem { Name: null or "" } => RealtimeError.Missing("item.name"),
        FunctionCallItem { Arguments: null } => RealtimeError.Missing("item.arguments"),
        ItemReference => RealtimeError.BadValue("item.type", "A reference can only be in the input of a response."),
        _ => null,
    };

    public static HistoryRole RoleOf(ItemRole role) => role switch
    {
        ItemRole.Assistant => HistoryRole.Assistant,
        ItemRole.System => HistoryRole.System,
        _ => HistoryRole.User,
    };
}
