using System.Text.Json.Serialization;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Wire;

/// <summary>What a client of the Realtime API hears.</summary>
/// <remarks>Clients drop an event, or break, on a number with a fraction and on a null where nothing should be: times are integers, absent fields are left out.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
[JsonDerivedType(typeof(SessionCreated), "session.created")]
[JsonDerivedType(typeof(SessionUpdated), "session.updated")]
[JsonDerivedType(typeof(SpeechStarted), "input_audio_buffer.speech_started")]
[JsonDerivedType(typeof(SpeechStopped), "input_audio_buffer.speech_stopped")]
[JsonDerivedType(typeof(AudioCommitted), "input_audio_buffer.committed")]
[JsonDerivedType(typeof(AudioCleared), "input_audio_buffer.cleared")]
[JsonDerivedType(typeof(TimeoutTriggered), "input_audio_buffer.timeout_triggered")]
[JsonDerivedType(typeof(ItemAdded), "conversation.item.added")]
[JsonDerivedType(typeof(ItemDone), "conversation.item.done")]
[JsonDerivedType(typeof(ItemRetrieved), "conversation.item.retrieved")]
[JsonDerivedType(typeof(ItemTruncated), "conversation.item.truncated")]
[JsonDerivedType(typeof(ItemDeleted), "conversation.item.deleted")]
[JsonDerivedType(typeof(TranscriptionDelta), "conversation.item.input_audio_transcription.delta")]
[JsonDerivedType(typeof(TranscriptionCompleted), "conversation.item.input_audio_transcription.completed")]
[JsonDerivedType(typeof(TranscriptionFailed), "conversation.item.input_audio_transcription.failed")]
[JsonDerivedType(typeof(ResponseCreated), "response.created")]
[JsonDerivedType(typeof(ResponseDone), "response.done")]
[JsonDerivedType(typeof(OutputItemAdded), "response.output_item.added")]
[JsonDerivedType(typeof(OutputItemDone), "response.output_item.done")]
[JsonDerivedType(typeof(ContentPartAdded), "response.content_part.added")]
[JsonDerivedType(typeof(ContentPartDone), "response.content_part.done")]
[JsonDerivedType(typeof(AudioDelta), "response.output_audio.delta")]
[JsonDerivedType(typeof(AudioDone), "response.output_audio.done")]
[JsonDerivedType(typeof(TranscriptDelta), "response.output_audio_transcript.delta")]
[JsonDerivedType(typeof(TranscriptDone), "response.output_audio_transcript.done")]
[JsonDerivedType(typeof(TextDelta), "response.output_text.delta")]
[JsonDerivedType(typeof(TextDone), "response.output_text.done")]
[JsonDerivedType(typeof(ArgumentsDelta), "response.function_call_arguments.delta")]
[JsonDerivedType(typeof(ArgumentsDone), "response.function_call_arguments.done")]
internal abstract record ServerEvent
{
    /// <summary>Unique in the session; stamped when it is written.</summary>
    [JsonPropertyOrder(-1)]
    public string EventId { get; set; } = "";
}

internal sealed record ErrorEvent(RealtimeError Error) : ServerEvent;

internal sealed record SessionCreated(RealtimeSession Session) : ServerEvent;

internal sealed record SessionUpdated(RealtimeSession Session) : ServerEvent;

// ---- The user's speech ------------------------------------------------------------------------------------------------------

internal sealed record SpeechStarted(long AudioStartMs, string ItemId) : ServerEvent;

internal sealed record SpeechStopped(long AudioEndMs, string ItemId) : ServerEvent;

internal sealed record AudioCommitted([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId, string ItemId) : ServerEvent;

internal sealed record AudioCleared : ServerEvent;

internal sealed record TimeoutTriggered(long AudioStartMs, long AudioEndMs, string ItemId) : ServerEvent;

internal sealed record TranscriptionDelta(string ItemId, int ContentIndex, string Delta) : ServerEvent;

internal sealed record TranscriptionCompleted(string ItemId, int ContentIndex, string Transcript, AudioUsage Usage) : ServerEvent;

/// <summary>What was transcribed, in whole seconds: there are clients that read no others.</summary>
internal sealed record AudioUsage(long Seconds)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "duration";
}

internal sealed record TranscriptionFailed(string ItemId, int ContentIndex, RealtimeError Error) : ServerEvent;

// ---- The conversation -------------------------------------------------------------------------------------------------------

internal sealed record ItemAdded([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId, ConversationItem Item) : ServerEvent;

internal sealed record ItemDone([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId, ConversationItem Item) : ServerEvent;

internal sealed record ItemRetrieved(ConversationItem Item) : ServerEvent;

internal sealed record ItemTruncated(string ItemId, int ContentIndex, long AudioEndMs) : ServerEvent;

internal sealed record ItemDeleted(string ItemId) : ServerEvent;

// ---- Responses --------------------------------------------------------------------------------------------------------------

internal sealed record ResponseCreated(RealtimeResponse Response) : ServerEvent;

internal sealed record ResponseDone(RealtimeResponse Response) : ServerEvent;

internal sealed record OutputItemAdded(string ResponseId, int OutputIndex, ConversationItem Item) : ServerEvent;

internal sealed record OutputItemDone(string ResponseId, int OutputIndex, ConversationItem Item) : ServerEvent;

/// <summary>What belongs to a part of an item that is being made.</summary>
internal abstract record PartEvent(string ResponseId, string ItemId, int OutputIndex, int ContentIndex) : ServerEvent;

internal sealed record ContentPartAdded(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, PartOutline Part)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record ContentPartDone(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, PartOutline Part)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record AudioDelta(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, ReadOnlyMemory<byte> Delta)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record AudioDone(string ResponseId, string ItemId, int OutputIndex, int ContentIndex)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record TranscriptDelta(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, string Delta)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record TranscriptDone(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, string Transcript)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record TextDelta(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, string Delta)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record TextDone(string ResponseId, string ItemId, int OutputIndex, int ContentIndex, string Text)
    : PartEvent(ResponseId, ItemId, OutputIndex, ContentIndex);

internal sealed record ArgumentsDelta(string ResponseId, string ItemId, int OutputIndex, string CallId, string Delta) : ServerEvent;

internal sealed record ArgumentsDone(string ResponseId, string ItemId, int OutputIndex, string CallId, string Name, string Arguments) : ServerEvent;
