using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>What a session came to, in the order of its timeline: the turns, what is remembered, and what was cancelled.</summary>
/// <remarks>Left out is how the dialect said it, and times, which depend on the length of its frames and the rate of its audio.</remarks>
internal static class Outcome
{
    private static readonly string[] s_kinds =
    [
        TimelineKinds.User, TimelineKinds.Assistant, TimelineKinds.TakeBack, TimelineKinds.ReplyBegin, TimelineKinds.Interruption, TimelineKinds.Sent,
    ];

    public static async Task<IReadOnlyList<string>> ReadAsync(ISessionStore store, string session)
    {
        var outcome = new List<string>();
        await foreach (var entry in store.ReadAsync(session, s_kinds)) { if (Tell(entry) is { } told) { outcome.Add(told); } }
        return outcome;
    }

    private static string? Tell(StoredEntry entry)
    {
        var json = TimelineJsonContext.Default;
        switch (entry.Kind)
        {
            case TimelineKinds.User: return $"user said '{TimelineJson.Decode(entry, json.UserSpoke).Text}'";
            case TimelineKinds.TakeBack: return "user goes on";
            case TimelineKinds.ReplyBegin: return $"reply {TimelineJson.Decode(entry, json.ReplyBegun).GenerationId} begins";
            case TimelineKinds.Interruption: return $"a sound was {TimelineJson.Decode(entry, json.InterruptionJudged).Kind}";
            case TimelineKinds.Assistant:
                var spoke = TimelineJson.Decode(entry, json.AssistantSpoke);
                return $"'{spoke.HeardText}' was heard{(spoke.Interrupted ? $", not '{spoke.UnsaidText}'" : "")}";
        }
        return TimelineJson.Decode(entry, ProtocolJson.Default.ServerMessage) switch
        {
            TurnEnded m => $"turn {m.TurnId} is over",
            GenerationCancelled m => $"reply {m.GenerationId} is cancelled: {m.Reason}",
            ReplyFinished m => $"reply {m.GenerationId} is over",
            ErrorMessage m => $"error {m.Code}",
            _ => null,
        };
    }
}
