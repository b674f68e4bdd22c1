using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Recording;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;
using Parley.Turns;
using Parley.Turns.Coaching;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>What a pipeline needs of its session.</summary>
internal sealed record PipelineContext
{
    public required string SessionId { get; init; }

    /// <summary>The session's trace; it ends with the pipeline.</summary>
    public required SessionTrace Trace { get; init; }

    public required SessionEngines Engines { get; init; }

    public required SessionOptions Options { get; init; }

    public required VadOptions VadOptions { get; init; }

    public required SpeculationOptions Speculation { get; init; }

    public required Outbox Outbox { get; init; }

    public required GenerationFence Fence { get; init; }

    public required PlaybackClock Playback { get; init; }

    public required Pacer Pacer { get; init; }

    public required SessionTimeline Timeline { get; init; }

    public required SessionReadings Readings { get; init; }

    public required ParleyMetrics Metrics { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Posts to the session's loop; waits while its mailbox is full, gives up when the session is over.</summary>
    public required Func<PipelineEvent, ValueTask> Post { get; init; }

    /// <summary>Where engines are called.</summary>
    public required Aside Aside { get; init; }

    /// <summary>Tells client and log that a stage failed.</summary>
    public required StageFailed Fail { get; init; }

    /// <summary>Work that winds down beside the loop; the session's end waits for it.</summary>
    public BackgroundTasks Background { get; } = new();

    public TurnObserverQueue? Observers { get; init; }

    /// <summary>Who gives feedback; null: nobody does.</summary>
    public CoachingQueue? Coach { get; init; }

    public string? LearnerId { get; init; }

    public SpeechPrefetcher? Prefetcher { get; init; }

    /// <summary>What the user looks at and does, for prompts and tools.</summary>
    public UserContext User { get; } = new();

    /// <summary>Logs how the call of a tool ended.</summary>
    public required Action<ToolExchange> LogTool { get; init; }

    public long Seed { get; init; }

    /// <summary>The configuration in force; <c>session.update</c> replaces it.</summary>
    public required SessionConfig Config { get; set; }

    /// <summary>A duration in timestamps of <see cref="Time"/>.</summary>
    public long ToTimestamp(TimeSpan duration) => (long)(duration.TotalSeconds * Time.TimestampFrequency);

    public ReplyContext ToReplyContext() => new(Engines, Outbox, Pacer, Playback, Readings, Post, Aside, Options, Timeline, Metrics, Time)
    {
        RecordTool = RecordTool,
    };

    /// <summary>What a chat client is told with the prompt, for a reply under <paramref name="config"/>.</summary>
    public ChatOptions ToChatOptions(SessionConfig config)
    {
        var properties = new AdditionalPropertiesDictionary { [ReplyProperties.Seed] = Seed, [ReplyProperties.UserContext] = User };
        if (config.QuickReply != true) { properties[ReplyProperties.NoQuickReply] = true; }
        if (LearnerId is { } learner) { properties[ReplyProperties.LearnerId] = learner; }
        if (config.Scenario is { } scenario) { properties[ReplyProperties.Scenario] = scenario; }
        if (config.Level is { } level) { properties[ReplyProperties.Level] = level.ToString(); }
        return new ChatOptions
        {
            AdditionalProperties = properties,
            Tools = config.Tools is { Count: > 0 } tools ? [.. tools.Select(t => t.ToDeclaration())] : null,
            ToolMode = config.ToolChoice is AutoChatToolMode ? null : config.ToolChoice,
            MaxOutputTokens = config.MaxOutputTokens,
        };
    }

    private void RecordTool(ToolExchange exchange, bool isRemembered)
    {
        Metrics.ToolEnded(exchange);
        if (isRemembered) { Timeline.Add(TimelineKinds.Tool, exchange); }
        LogTool(exchange);
    }
}
