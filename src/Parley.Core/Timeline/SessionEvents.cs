using System.Text.Json;
using Parley.Transports.Protocol;

namespace Parley.Timeline;

// What the timeline holds besides messages: enough to go on with the session from any point.

/// <summary>The session begins, or goes on after a resume; with <paramref name="GoesOn"/> false not with the reply that was being heard.</summary>
internal sealed record SessionBegun(
    string Version, long Seed, bool Resumed, DateTimeOffset At, SessionConfig Config, IReadOnlyDictionary<string, EngineChoice> Engines,
    IReadOnlyList<string> Synthesizers, bool GoesOn = true);

/// <summary>A turn of the user was understood. Held: it is not answered until the client asks for it.</summary>
internal sealed record UserSpoke(string TurnId, string Text, double? Confidence, string? SuggestionId, bool Held = false);

/// <summary>What the user said is remembered in better words.</summary>
internal sealed record UserRefined(string TurnId, string Before, string After);

/// <summary>A reply may be heard from now on, or read where it is silent. Beside: it is no part of the conversation.</summary>
internal sealed record ReplyBegun(string TurnId, uint GenerationId, bool Silent = false, bool Beside = false);

/// <summary>A clause of a reply was given to the synthesiser.</summary>
internal sealed record SegmentBegun(uint GenerationId, uint Segment, long StartSample, int TextOffset);

/// <summary>The text of a reply is complete, with what the chat client wants to find in the next turn; why it ends before its time, and what it cost.</summary>
internal sealed record ReplyWritten(
    uint GenerationId, IReadOnlyDictionary<string, JsonElement> Properties, ReplyCut? Cut = null, TokenUsage? Usage = null);

/// <summary>Audio of a reply has left up to a sample.</summary>
internal sealed record AudioLeft(uint GenerationId, long EndSample);

/// <summary>The session stopped while a reply was being heard, up to a sample and a character.</summary>
internal sealed record ReplySuspended(uint GenerationId, long Position, bool Estimated, int HeardLength = 0);

/// <summary>A reply is over: what was heard of it, and what was not.</summary>
internal sealed record AssistantSpoke(
    string TurnId, uint GenerationId, string HeardText, string UnsaidText, bool Interrupted, long HeardSamples, bool Estimated,
    IReadOnlyDictionary<string, JsonElement> Properties);

/// <summary>The listener stopped a reply that was over, and heard something else than was thought.</summary>
internal sealed record AssistantCorrected(string Id, string HeardText, bool Interrupted, long HeardSamples);

/// <summary>A message was put into the conversation by hand.</summary>
internal sealed record MessageAdded(string Id, HistoryRole Role, string Text, string? After);

/// <summary>A message was taken out of the conversation.</summary>
internal sealed record MessageRemoved(string Id);
