using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Items;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Input;

/// <summary>The user's turns: where each begins and ends, the item that it becomes, and its transcript.</summary>
/// <remarks>
/// Clients empty their buffers when they hear that the user speaks. During a reply that is told when it is certain that it interrupts; a cough
/// costs nothing.
/// </remarks>
internal sealed class UserSpeech(NativeSession native, ItemStore items, EventQueue events)
{
    private readonly SpeechTrail _trail = new();
    private readonly Queue<StoredItem> _recorded = new();
    private readonly Dictionary<string, (StoredItem Item, TimeSpan Length, bool IsRecording)> _beingUnderstood = [];
    private string? _speaking;
    private long? _heldAtMs;
    private long _speakingFromMs, _droppedUntilMs;

    /// <summary>Whether the user speaks, as far as the client knows.</summary>
    public bool IsSpeaking => _speaking is not null;

    /// <summary>How much was heard since the session began.</summary>
    public TimeSpan Heard => _trail.End;

    /// <summary>How much of the audio before a turn belongs to it.</summary>
    private TimeSpan Padding => TimeSpan.FromMilliseconds(Settings.TurnDetection?.PrefixPaddingMs ?? 0);

    private InputSettings Settings => native.Settings.Audio.Input;

    /// <summary>The session takes this audio now.</summary>
    public void OnHeard(Transports.AudioInput audio) => _trail.Add(audio.Pcm, Settings.Format.SampleRate, Padding);

    /// <summary>The session hears speech.</summary>
    /// <param name="atMs">Where it begins, in the microphone's audio.</param>
    /// <param name="mayInterrupt">Whether it may interrupt a reply, which is not decided yet.</param>
    public void OnSpeechStart(long atMs, bool mayInterrupt)
    {
        _trail.Keeps = true;
        if (mayInterrupt) { _heldAtMs ??= atMs; } else { Announce(atMs); }
    }

    /// <summary>The reply goes on: it was no speech, or none that matters.</summary>
    public void OnReplyResumed() => (_heldAtMs, _trail.Keeps) = (null, false);

    /// <summary>The reply is over: what was said into it is certain.</summary>
    public void OnReplyOver() { if (_heldAtMs is { } atMs) { Announce(atMs); } }

    /// <summary>A turn is over.</summary>
    public void OnTurnEnded(TurnEnded turn)
    {
        var length = TimeSpan.FromMilliseconds(turn.SpeechEndMs - turn.SpeechStartMs);
        var isRecording = turn.Beside == true;
        var item = isRecording ? _recorded.Dequeue() : EndTurn(turn);
        item.NativeId = turn.TurnId;
        _beingUnderstood[turn.TurnId] = (item, length, isRecording);
    }

    /// <summary>What was said up to <paramref name="atMs"/> is dropped: who was heard speaking has stopped, and no item comes of it.</summary>
    public void OnDropped(long atMs)
    {
        if (_speaking is { } item) { events.Tell(new SpeechStopped(atMs, item)); }
        Rest();
        _droppedUntilMs = atMs;
        _trail.Forget(TimeSpan.FromMilliseconds(atMs));
    }

    /// <summary>The client ends a turn: its audio becomes an item at once, whatever comes of it.</summary>
    public void Commit(byte[] audio)
    {
        var item = new StoredItem(NewMessage(events.NewItemId())) { Audio = audio };
        _recorded.Enqueue(item);
        Commit(item);
    }

    /// <summary>Nobody has spoken since <paramref name="since"/> for so long that the assistant speaks again: the silence is a turn.</summary>
    public void CommitSilence(TimeSpan since)
    {
        var item = new StoredItem(NewMessage(events.NewItemId()));
        events.Tell(new TimeoutTriggered((long)since.TotalMilliseconds, (long)Heard.TotalMilliseconds, item.Id));
        Commit(item);
    }

    /// <summary>The client has put an item with a turn of the user into the conversation.</summary>
    public void Await(StoredItem item) => _recorded.Enqueue(item);

    public void OnUnderstood(AsrFinal final)
    {
        if (!_beingUnderstood.Remove(final.TurnId, out var turn)) { return; }
        turn.Item.IsRemembered = final.Text.Length > 0;
        Complete(turn.Item, turn.Length, final.Text);
    }

    /// <summary>A better transcript has taken the place of the first.</summary>
    public void OnRefined(AsrRefined refined)
    {
        if (refined.Applied && Settings.Transcription is not null && items.FindNative(refined.TurnId) is { } item) { SetTranscript(item, refined.Text); }
    }

    /// <summary>Nobody speaks and nothing is being understood any more: what has no transcript now has no words.</summary>
    public void OnIdle()
    {
        CompleteAll();
        if (_speaking is not null)
        {
            // The client heard that somebody spoke, and the session took it for nothing since: it waits for a turn, which has no words.
            var end = (long)Heard.TotalMilliseconds;
            Complete(EndSpeech(_speakingFromMs, end), TimeSpan.FromMilliseconds(end - _speakingFromMs), "");
        }
        Rest();
    }

    public void OnRecogniserFailed(string turnId, string message)
    {
        if (!_beingUnderstood.Remove(turnId, out var turn) || Settings.Transcription is null) { return; }
        events.Tell(new TranscriptionFailed(turn.Item.Id, 0, RealtimeError.Failure("transcription_failed", message)));
    }

    private StoredItem EndTurn(TurnEnded turn)
    {
        if (_speaking is null) { Announce(turn.SpeechStartMs); }
        var item = EndSpeech(turn.SpeechStartMs, turn.SpeechEndMs);
        Rest();
        // Who went on before the last turn was understood says the words of both in this one.
        CompleteAll();
        return item;
    }

    /// <summary>The user has ended what the client was told that they began: it is an item.</summary>
    private StoredItem EndSpeech(long startMs, long endMs)
    {
        var item = new StoredItem(NewMessage(_speaking!));
        events.Tell(new SpeechStopped(endMs, item.Id));
        item.Audio = _trail.Cut(TimeSpan.FromMilliseconds(startMs) - Padding, TimeSpan.FromMilliseconds(endMs), Settings.Format);
        Commit(item);
        return item;
    }

    private void Rest() => (_speaking, _heldAtMs, _trail.Keeps) = (null, null, false);

    private void Announce(long atMs)
    {
        _heldAtMs = null;
        // Who goes on while their words are being judged has not stopped.
        if (_speaking is not null) { return; }
        (_speaking, _speakingFromMs) = (events.NewItemId(), atMs);
        events.Tell(new SpeechStarted(Math.Max(_droppedUntilMs, atMs - (long)Padding.TotalMilliseconds), _speaking));
    }

    private void Commit(StoredItem item)
    {
        var previous = items.Add(item);
        items.BoundAudio();
        events.Tell(new AudioCommitted(previous, item.Id));
        events.Tell(new ItemAdded(previous, item.Item));
        events.Tell(new ItemDone(previous, item.Item));
    }

    private void CompleteAll()
    {
        foreach (var (id, (item, length, isRecording)) in _beingUnderstood.ToArray())
        {
            if (isRecording) { continue; }
            _beingUnderstood.Remove(id);
            Complete(item, length, "");
        }
    }

    private void Complete(StoredItem item, TimeSpan length, string text)
    {
        if (Settings.Transcription is null) { return; }
        // Clients ask for the item as soon as they hear that it is transcribed.
        SetTranscript(item, text);
        if (text.Length > 0) { events.Tell(new TranscriptionDelta(item.Id, 0, text)); }
        events.Tell(new TranscriptionCompleted(item.Id, 0, text, new AudioUsage((long)Math.Ceiling(length.TotalSeconds))));
    }

    private static void SetTranscript(StoredItem item, string text) => item.Item = (MessageItem)item.Item with { Content = [new InputAudioPart(text)] };

    private static MessageItem NewMessage(string id) =>
        new(ItemRole.User, [new InputAudioPart(null)]) { Id = id, Object = ConversationItem.ObjectName, Status = ItemStatus.Completed };
}
