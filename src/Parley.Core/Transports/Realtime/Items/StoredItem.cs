using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Items;

/// <summary>An item of the conversation, and what is remembered of it beside what clients are told at its making.</summary>
internal sealed class StoredItem(ConversationItem item)
{
    /// <summary>The item as clients see it, without audio.</summary>
    public ConversationItem Item { get; set; } = item;

    public string Id { get; } = item.Id!;

    /// <summary>The name of it in the session's history; null: the session knows nothing of it.</summary>
    public string? NativeId { get; set; }

    /// <summary>The reply that it is; null: it is none.</summary>
    public uint? Generation { get; init; }

    /// <summary>Whether the session's history has it.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>Whether it is a call whose result the session waits for.</summary>
    public bool WantsOutput { get; set; }

    /// <summary>The user's speech as it came; null: there is none, or none is kept any more.</summary>
    public byte[]? Audio { get; set; }

    /// <summary>What the assistant said aloud; null: nothing.</summary>
    public AssistantSpeech? Speech { get; set; }

    /// <summary>Bytes of audio that it keeps.</summary>
    public int AudioBytes => (Audio?.Length ?? 0) + (Speech?.AudioBytes ?? 0);

    public void DropAudio()
    {
        Audio = null;
        Speech?.DropAudio();
    }

    /// <summary>The item with its audio, as far as that is kept.</summary>
    public ConversationItem WithAudio() => Item is not MessageItem { Content: { } content } message ? Item : message with
    {
        Content = [.. content.Select(part => part switch
        {
            InputAudioPart input => input with { Audio = Audio },
            OutputAudioPart output => output with { Audio = Speech?.ToBytes() },
            _ => part,
        })],
    };
}
