using System.Text.Json;
using Parley.Transports.Protocol;

namespace Parley.Replay;

/// <summary>The events of a session in a form that can be compared byte by byte.</summary>
/// <remarks>
/// A session's loop, the text of a reply and its speech are told by three writers at once; how they fall between each other on the line is chance, so
/// each is compared in its own order (a lane). Left out are <c>seq</c>, which counts across lanes, and durations, which belong to the machine
/// and not to the conversation, and feedback: the coach works beside the conversation and is not replayed.
/// </remarks>
internal static class EventTrace
{
    private static readonly string[] s_volatile = ["session_id", "seq", "trace_id", "server_time", "resume_token"];

    /// <summary>The lanes of a trace, each in its order.</summary>
    public static ILookup<string, TracedEvent> Of(IEnumerable<(TimeSpan At, ServerMessage Message)> sent) =>
        sent.Where(e => e.Message is not (SessionReady or SessionEnded or FeedbackDelta or FeedbackFinal)).ToLookup(e => Lane(e.Message), e => new TracedEvent(e.At, Line(e.Message)));

    /// <summary>The lanes of speech that was cut off: by an interruption, or because the session stopped there.</summary>
    public static IReadOnlySet<string> CutOff(IEnumerable<ServerMessage> sent)
    {
        var (begun, ended) = (new HashSet<uint>(), new HashSet<uint>());
        foreach (var message in sent)
        {
            switch (message)
            {
                case VisemeTimeline m: begun.Add(m.GenerationId); break;
                case SegmentBegan m: begun.Add(m.GenerationId); break;
                // Sent again when the reply was heard to its end.
                case AssistantTextDone m when m.HeardText == m.Text: ended.Add(m.GenerationId); break;
            }
        }
        return begun.Except(ended).Select(Speech).ToHashSet();
    }

    private static string Speech(uint generation) => $"speech {generation}";

    private static string Lane(ServerMessage message) => message switch
    {
        AssistantTextDelta m => $"text {m.GenerationId}",
        AssistantTextDone m => $"text {m.GenerationId}",
        EmotionTag m => $"text {m.GenerationId}",
        ToolCalled m => $"text {m.GenerationId}",
        ReplyFinished m => $"text {m.GenerationId}",
        VisemeTimeline m => Speech(m.GenerationId),
        SegmentBegan m => Speech(m.GenerationId),
        AudioEnded m => Speech(m.GenerationId),
        Degraded m => $"engines {m.Stage}",
        AsrRefined => "refinements",
        _ => "session",
    };

    private static string Line(ServerMessage message)
    {
        var json = JsonSerializer.SerializeToNode(message, ProtocolJson.Default.ServerMessage)!.AsObject();
        foreach (var name in s_volatile) { json.Remove(name); }
        if (message is TurnMetrics)
        {
            foreach (var name in json.Select(p => p.Key).Where(k => k.EndsWith("_ms", StringComparison.Ordinal)).ToList()) { json.Remove(name); }
        }
        return json.ToJsonString(s_compact);
    }

    private static readonly JsonSerializerOptions s_compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>An event and when it was sent.</summary>
internal readonly record struct TracedEvent(TimeSpan At, string Line);
