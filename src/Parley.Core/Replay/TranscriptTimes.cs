using Parley.Recording;
using Parley.Timeline;

namespace Parley.Replay;

/// <summary>
/// When a session came to its transcripts. A busy session takes some input that came later before it gets to a transcript; a replay, which is never
/// busy, must wait as long to do things in the same order.
/// </summary>
internal static class TranscriptTimes
{
    /// <summary>A transcript that was not taken within this was not taken: its utterance had been dropped.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    /// <summary>The transcripts of a leg by utterance, each at the time when the session's loop took it.</summary>
    public static ILookup<int, (TimeSpan At, object Result)> AsTaken(ReplayLeg leg)
    {
        var (partials, finals) = (Taken(leg, isFinal: false), Taken(leg, isFinal: true));
        return leg.Results(TimelineKinds.AsrPartial, TimelineKinds.AsrFinal, TimelineKinds.AsrFailed, TimelineKinds.AsrRefined)
            .SelectMany(call => call.Select(r => (Call: call.Key, r.At, r.Result))).OrderBy(r => r.At)
            .Select(r => (r.Call, At: r.Result is RecordedRefinement ? r.At : Next(r.Result is RecordedPartial ? partials : finals, r.At), r.Result))
            .ToLookup(r => r.Call, r => (r.At, r.Result));
    }

    private static Queue<TimeSpan> Taken(ReplayLeg leg, bool isFinal) => new(leg.Entries
        .Where(e => e.Kind == TimelineKinds.AsrTaken && TimelineJson.Decode(e, TimelineJsonContext.Default.TranscriptTaken).IsFinal == isFinal)
        .Select(e => e.At));

    private static TimeSpan Next(Queue<TimeSpan> taken, TimeSpan given)
    {
        while (taken.TryPeek(out var earlier) && earlier < given) { taken.Dequeue(); }
        return taken.TryPeek(out var at) && at - given < s_longest ? taken.Dequeue() : given;
    }
}
