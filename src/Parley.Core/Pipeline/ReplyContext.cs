using Parley.Policy;
using Parley.Recording;
using Parley.Replies.Tools;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports;

namespace Parley.Pipeline;

/// <summary>What a reply needs of its session.</summary>
internal sealed record ReplyContext(
    SessionEngines Engines,
    Outbox Outbox,
    Pacer Pacer,
    PlaybackClock Playback,
    SessionReadings Readings,
    Func<PipelineEvent, ValueTask> Post,
    Aside Aside,
    SessionOptions Options,
    SessionTimeline Timeline,
    Diagnostics.ParleyMetrics Metrics,
    TimeProvider Time)
{
    /// <summary>Writes down how the call of a tool ended, and whether the conversation remembers it. Thread-safe.</summary>
    public required Action<ToolExchange, bool> RecordTool { get; init; }

    /// <summary>Whether a synthesiser is left.</summary>
    public bool HasVoice => TtsIndex < Engines.Tts.Count;

    /// <summary>The synthesiser in use: 0 is the first choice; a failure moves on for the rest of the session.</summary>
    public int TtsIndex { get; set; }
}
