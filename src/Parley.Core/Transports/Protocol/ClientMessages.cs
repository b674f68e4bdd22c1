using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Parley.Transports.Protocol;

/// <summary>A message of <c>parley.v1</c> from client to server; docs/protocol.md is the normative text.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionStart), "session.start")]
[JsonDerivedType(typeof(SessionResume), "session.resume")]
[JsonDerivedType(typeof(SessionUpdate), "session.update")]
[JsonDerivedType(typeof(SessionEnd), "session.end")]
[JsonDerivedType(typeof(AudioChunk), "audio_chunk")]
[JsonDerivedType(typeof(StartListen), "start_listen")]
[JsonDerivedType(typeof(StopListen), "stop_listen")]
[JsonDerivedType(typeof(CancelListen), "cancel_listen")]
[JsonDerivedType(typeof(TextInput), "text_input")]
[JsonDerivedType(typeof(Respond), "respond")]
[JsonDerivedType(typeof(ToolResult), "tool_result")]
[JsonDerivedType(typeof(Interrupt), "interrupt")]
[JsonDerivedType(typeof(Playback), "playback")]
[JsonDerivedType(typeof(HistoryAdd), "history.add")]
[JsonDerivedType(typeof(HistoryRemove), "history.remove")]
[JsonDerivedType(typeof(ContextUpdate), "context_update")]
[JsonDerivedType(typeof(UiEvent), "ui_event")]
[JsonDerivedType(typeof(FeedbackAck), "feedback.ack")]
[JsonDerivedType(typeof(AnalyticsEvent), "event")]
[JsonDerivedType(typeof(Ping), "ping")]
public abstract record ClientMessage : ClientInput;

public sealed record SessionStart(string? LearnerId = null, SessionConfig? Config = null) : ClientMessage;

/// <summary>Goes on with a session. <paramref name="GoOn"/> false: not with the reply that was being heard, which ends where its listener was.</summary>
public sealed record SessionResume(string? SessionId, string? ResumeToken, long? LastSeq, bool? GoOn = null) : ClientMessage;

public sealed record SessionUpdate(SessionConfig? Config) : ClientMessage;

public sealed record SessionEnd : ClientMessage;

/// <summary>Microphone audio for clients without binary frames. <paramref name="IsFinal"/> means <c>stop_listen</c>.</summary>
public sealed record AudioChunk(
    string? AudioBase64, int? SampleRate, long? ChunkId = null, long? Seq = null, string? Format = null, bool IsFinal = false) : ClientMessage;

/// <summary>The user's turn begins.</summary>
/// <param name="Beside">Whether the audio up to <c>stop_listen</c> is a recording, which is understood and remembered beside whatever goes on, and not answered.</param>
public sealed record StartListen(bool Beside = false) : ClientMessage;

public sealed record StopListen : ClientMessage;

/// <summary>What the user is saying is dropped, as if it had not been said; answered by <see cref="ListenCancelled"/>.</summary>
public sealed record CancelListen : ClientMessage;

public sealed record TextInput(string? Text, string? SuggestionId = null) : ClientMessage;

/// <summary>The assistant is to answer now, or as soon as what the user is saying is understood; what is given holds for this reply in place of the configuration.</summary>
/// <param name="Persona">Who the assistant is.</param>
/// <param name="Speech">Whether the reply is spoken.</param>
/// <param name="Voice">The voice.</param>
/// <param name="Tools">The tools that the client runs.</param>
/// <param name="ToolChoice">Whether it may or must call some.</param>
/// <param name="MaxOutputTokens">The length, 1 to 100 000 tokens.</param>
/// <param name="Input">What is answered, in place of what the conversation remembers.</param>
/// <param name="Beside">Whether the reply is no part of the conversation: it is not remembered, and text only while somebody speaks.</param>
/// <param name="RequestId">What the client calls this: the reply's <see cref="ReplyBegan"/>, or the refusal, names it.</param>
public sealed record Respond(
    string? Persona = null, bool? Speech = null, string? Voice = null, IReadOnlyList<ClientTool>? Tools = null,
    [property: JsonConverter(typeof(ToolChoiceConverter))] ChatToolMode? ToolChoice = null, int? MaxOutputTokens = null,
    IReadOnlyList<InputMessage>? Input = null, bool Beside = false, string? RequestId = null) : ClientMessage;

/// <summary>A message of a prompt that the client writes itself.</summary>
public sealed record InputMessage(HistoryRole? Role, string? Text);

/// <summary>What a tool that the client ran gave: the answer to a <see cref="ToolCalled"/>.</summary>
public sealed record ToolResult(string? CallId, string? Output) : ClientMessage;

public sealed record Interrupt(uint? GenerationId = null) : ClientMessage;

public sealed record Playback(uint? GenerationId, long? PlayedSamples, PlaybackState State = PlaybackState.Playing) : ClientMessage;

/// <summary>Puts a message into the conversation, which is not answered: behind <paramref name="After"/>, at the begin for an empty one, at the end without.</summary>
public sealed record HistoryAdd(string? ItemId, HistoryRole? Role, string? Text, string? After = null) : ClientMessage;

/// <summary>Takes a message out of the conversation: one that was added, a turn of the user by its id, a reply as "g" and its generation.</summary>
public sealed record HistoryRemove(string? ItemId) : ClientMessage;

public sealed record ContextUpdate(string? ContextId, string? Text, string? Title = null, int? Page = null) : ClientMessage;

public sealed record UiEvent(string? Name, JsonElement? Data = null) : ClientMessage;

public sealed record FeedbackAck(string? ItemId, FeedbackAction? Action) : ClientMessage;

/// <summary>What a learner did with an item of feedback.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FeedbackAction>))]
public enum FeedbackAction
{
    /// <summary>The suggestion was taken.</summary>
    Accepted,

    /// <summary>It was said again, right.</summary>
    Repeated,

    /// <summary>It was put away.</summary>
    Dismissed,
}

public sealed record AnalyticsEvent(string? Name, double? Value = null, IReadOnlyDictionary<string, string>? Labels = null) : ClientMessage;

public sealed record Ping(double? T = null) : ClientMessage;

[JsonConverter(typeof(SnakeCaseEnumConverter<HistoryRole>))]
public enum HistoryRole
{
    User,
    Assistant,
    System,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<PlaybackState>))]
public enum PlaybackState
{
    Playing,
    Finished,
    Stopped,
}
