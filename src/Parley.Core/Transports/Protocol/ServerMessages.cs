using System.Text.Json.Serialization;
using Parley.Asr;
using Parley.Replies;

namespace Parley.Transports.Protocol;

/// <summary>A message of <c>parley.v1</c> from server to client; docs/protocol.md is the normative text.</summary>
/// <remarks><see cref="SessionId"/>, <see cref="Seq"/> and <see cref="TraceId"/> are stamped by the session's send loop, the only one to write them.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionReady), "session.ready")]
[JsonDerivedType(typeof(SessionEnded), "session.ended")]
[JsonDerivedType(typeof(StateUpdate), "state_update")]
[JsonDerivedType(typeof(VadEvent), "vad")]
[JsonDerivedType(typeof(TurnEnded), "turn_end")]
[JsonDerivedType(typeof(ListenCancelled), "listen_cancelled")]
[JsonDerivedType(typeof(AsrPartial), "asr_partial")]
[JsonDerivedType(typeof(AsrFinal), "asr_final")]
[JsonDerivedType(typeof(AsrRefined), "asr_refined")]
[JsonDerivedType(typeof(ReplyBegan), "reply_begin")]
[JsonDerivedType(typeof(AssistantTextDelta), "assistant_text_delta")]
[JsonDerivedType(typeof(AssistantTextDone), "assistant_text_done")]
[JsonDerivedType(typeof(SegmentBegan), "segment_begin")]
[JsonDerivedType(typeof(TtsAudioChunk), "tts_audio_chunk")]
[JsonDerivedType(typeof(AudioEnded), "audio_end")]
[JsonDerivedType(typeof(SuggestionsOffered), "suggestions")]
[JsonDerivedType(typeof(VisemeTimeline), "viseme_timeline")]
[JsonDerivedType(typeof(EmotionTag), "emotion_tag")]
[JsonDerivedType(typeof(ToolCalled), "tool_call")]
[JsonDerivedType(typeof(PlaybackPaused), "paused")]
[JsonDerivedType(typeof(PlaybackResumed), "resumed")]
[JsonDerivedType(typeof(GenerationCancelled), "generation_cancelled")]
[JsonDerivedType(typeof(ReplyFinished), "reply_end")]
[JsonDerivedType(typeof(FeedbackDelta), "feedback.delta")]
[JsonDerivedType(typeof(FeedbackFinal), "feedback.final")]
[JsonDerivedType(typeof(TurnMetrics), "turn_metrics")]
[JsonDerivedType(typeof(Degraded), "degraded")]
[JsonDerivedType(typeof(ErrorMessage), "error")]
[JsonDerivedType(typeof(Pong), "pong")]
public abstract record ServerMessage
{
    [JsonPropertyOrder(-2)]
    public string SessionId { get; set; } = "";

    [JsonPropertyOrder(-1)]
    public long Seq { get; set; }

    /// <summary>The trace that the session is, for collectors of traces and for logs.</summary>
    [JsonPropertyOrder(1)]
    public string? TraceId { get; set; }
}

public sealed record SessionReady(
    string ResumeToken, bool Resumed, SessionConfig Config, IReadOnlyDictionary<string, EngineChoice> Engines) : ServerMessage;

/// <summary>The engine that serves a stage in this session, and why it was chosen.</summary>
public sealed record EngineChoice(string Name, string Why);

public sealed record SessionEnded(string Reason) : ServerMessage;

public sealed record StateUpdate(Turns.TurnState State, uint? GenerationId = null) : ServerMessage;

public sealed record VadEvent(VadEventKind Event, long AtMs) : ServerMessage;

[JsonConverter(typeof(SnakeCaseEnumConverter<VadEventKind>))]
public enum VadEventKind
{
    SpeechStart,
    SpeechEnd,
}

/// <summary>What the user said is over, and is being understood; its times are those of the microphone's audio, or where it is beside that, of the recording.</summary>
public sealed record TurnEnded(string TurnId, long SpeechStartMs, long SpeechEndMs, bool? Beside = null) : ServerMessage;

/// <summary>What the user was saying up to this moment of the microphone's audio is dropped: no turn comes of it.</summary>
public sealed record ListenCancelled(long AtMs) : ServerMessage;

public sealed record AsrPartial(string TurnId, string Text, int StableLength) : ServerMessage;

public sealed record AsrFinal(string TurnId, string Text, IReadOnlyList<AsrWord> Words, string Engine, double Confidence) : ServerMessage
{
    public static AsrFinal From(string turnId, FinalTranscript final) =>
        new(turnId, final.Text, [.. final.Words.Select(AsrWord.From)], final.Engine, Math.Round(final.Confidence, 3));

    /// <summary>There were no words in a turn.</summary>
    public static AsrFinal Nothing(string turnId) => new(turnId, "", [], "", 0);
}

/// <summary>What a better recogniser makes of a turn that was answered already; applied: the conversation remembers it so.</summary>
public sealed record AsrRefined(string TurnId, string Text, IReadOnlyList<AsrWord> Words, string Engine, bool Applied) : ServerMessage;

/// <summary>A recognised word; its times count from the first sample of the utterance, pre-roll included.</summary>
public sealed record AsrWord(string Text, long StartMs, long EndMs, double Confidence)
{
    public static AsrWord From(RecognizedWord word) => new(
        word.Text, (long)word.Start.TotalMilliseconds, (long)word.End.TotalMilliseconds, Math.Round(word.Confidence, 3));
}

/// <summary>The assistant begins to answer, or to speak of its own accord: the first message of a generation.</summary>
public sealed record ReplyBegan(string TurnId, uint GenerationId, bool? Beside = null, string? RequestId = null) : ServerMessage;

public sealed record AssistantTextDelta(string TurnId, uint GenerationId, ReplyKind Kind, string Text) : ServerMessage;

[JsonConverter(typeof(SnakeCaseEnumConverter<ReplyKind>))]
public enum ReplyKind
{
    Quick,
    Full,
}

/// <summary>The text is complete. <paramref name="Cut"/> says why it ends before its time, if it does, <paramref name="Usage"/> what it cost, if the engine tells.</summary>
public sealed record AssistantTextDone(
    string TurnId, uint GenerationId, string Text, string HeardText, ReplyCut? Cut = null, TokenUsage? Usage = null) : ServerMessage;

/// <summary>Why a reply engine stopped in mid-answer.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ReplyCut>))]
public enum ReplyCut
{
    /// <summary>The reply may not be longer.</summary>
    MaxOutputTokens,

    /// <summary>What follows is not to be said.</summary>
    ContentFilter,
}

/// <summary>A clause is about to be heard: the audio that follows says it.</summary>
public sealed record SegmentBegan(uint GenerationId, uint Segment, long SampleOffset, string Text) : ServerMessage;

public sealed record TtsAudioChunk(
    uint GenerationId, uint Segment, uint Chunk, AudioCodec Codec, int SampleRate, long SampleOffset, string AudioBase64) : ServerMessage;

/// <summary>All audio of the generation has left, so many samples in all; it is still being heard.</summary>
public sealed record AudioEnded(uint GenerationId, long Samples) : ServerMessage;

/// <summary>The reply was heard to its end: the last message of a generation that was not cancelled.</summary>
public sealed record ReplyFinished(string TurnId, uint GenerationId, bool Failed) : ServerMessage;

public sealed record SuggestionsOffered(string TurnId, IReadOnlyList<SuggestionItem> Items) : ServerMessage;

public sealed record SuggestionItem(string SuggestionId, string Text)
{
    public static SuggestionItem From(Suggestion suggestion) => new(suggestion.Id, suggestion.Text);
}

/// <summary>Mouth shapes and words of a segment. <paramref name="Words"/> is null where none begins, or none was found in the text.</summary>
public sealed record VisemeTimeline(
    uint GenerationId, uint Segment, int SampleRate, IReadOnlyList<VisemeItem> Items, IReadOnlyList<WordItem>? Words = null) : ServerMessage;

public sealed record EmotionTag(uint GenerationId, string Emotion, double Intensity) : ServerMessage;

/// <summary>The model calls a tool that the client runs; its arguments are the text of a JSON object.</summary>
public sealed record ToolCalled(string TurnId, uint GenerationId, string CallId, string Name, string Arguments) : ServerMessage;

public sealed record PlaybackPaused(uint GenerationId, long AtSample) : ServerMessage;

public sealed record PlaybackResumed(uint GenerationId, long AtSample) : ServerMessage;

public sealed record GenerationCancelled(
    uint GenerationId, CancelReason Reason, string HeardText, long HeardSamples, bool Estimated, TokenUsage? Usage = null) : ServerMessage;

[JsonConverter(typeof(SnakeCaseEnumConverter<CancelReason>))]
public enum CancelReason
{
    BargeIn,
    Interrupt,
    Superseded,
    Error,
}

/// <summary>The durations of a turn in milliseconds; absent where the turn had no such step.</summary>
public sealed record TurnMetrics(
    string TurnId,
    double? EndpointMs,
    double? AsrFirstPartialMs,
    double? AsrFinalMs,
    double? ReplyFirstTokenMs,
    double? TtsFirstAudioMs,
    double? FirstAudioMs,
    double? OverheadMs) : ServerMessage;

public sealed record Degraded(string Stage, string From, string To, string Why, bool? Recovered = null) : ServerMessage;

public sealed record ErrorMessage(
    string Code, string Message, string? Stage = null, bool Retryable = false, bool Fatal = false, int? RetryAfterMs = null, string? RequestId = null, string? TurnId = null) : ServerMessage;

public sealed record Pong(double? T, long ServerTime) : ServerMessage;
