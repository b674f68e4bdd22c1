using Parley.Timeline;

namespace Parley.Replay;

/// <summary>A stretch of a session that one server ran on one line: from its begin, or a resume, to the next.</summary>
/// <param name="Begin">How it began.</param>
/// <param name="Before">The timeline before it.</param>
/// <param name="Entries">Its own entries, without the begin.</param>
internal sealed record ReplayLeg(SessionBegun Begin, IReadOnlyList<StoredEntry> Before, IReadOnlyList<StoredEntry> Entries)
{
    /// <summary>Session time at which it began.</summary>
    public required TimeSpan Start { get; init; }

    /// <summary>Whether what the user said was kept as audio.</summary>
    public bool HasAudio => Entries.Any(e => e.Kind == TimelineKinds.Audio);

    /// <summary>Session time of its last entry.</summary>
    public TimeSpan End => Entries.Count == 0 ? Start : Entries[^1].At;

    /// <summary>Cuts a timeline into legs.</summary>
    /// <exception cref="StoreException">It does not begin with a session's begin, or an entry is damaged.</exception>
    public static IReadOnlyList<ReplayLeg> Split(IReadOnlyList<StoredEntry> timeline)
    {
        var begins = Enumerable.Range(0, timeline.Count).Where(i => timeline[i].Kind == TimelineKinds.Begin).ToList();
        if (begins.Count == 0) { throw new StoreException("The recording has no session.begin: there is nothing to replay."); }
        // What the client sent to open the session was noted just before its begin.
        return [.. begins.Select((at, i) => new ReplayLeg(
            TimelineJson.Decode(timeline[at], TimelineJsonContext.Default.SessionBegun),
            i == 0 ? [] : [.. timeline.Take(at)],
            [.. timeline.Skip(at + 1).Take((i + 1 < begins.Count ? begins[i + 1] : timeline.Count) - at - 1)])
        {
            Start = timeline[at].At,
        })];
    }

    /// <summary>The results of one kind, by call.</summary>
    /// <exception cref="StoreException">One is damaged.</exception>
    public ILookup<int, (TimeSpan At, object Result)> Results(params string[] kinds) => Entries
        .Where(e => kinds.Contains(e.Kind))
        .Select(e => (e.At, Result: Decode(e)))
        .ToLookup(r => r.Result.Call, r => (r.At, r.Result.Value));

    private static (int Call, object Value) Decode(StoredEntry entry)
    {
        var json = TimelineJsonContext.Default;
        switch (entry.Kind)
        {
            case TimelineKinds.AsrPartial: { var r = TimelineJson.Decode(entry, json.RecordedPartial); return (r.Call, r); }
            case TimelineKinds.AsrFinal: { var r = TimelineJson.Decode(entry, json.RecordedFinal); return (r.Call, r); }
            case TimelineKinds.AsrRefined: { var r = TimelineJson.Decode(entry, json.RecordedRefinement); return (r.Call, r); }
            case TimelineKinds.ReplyUpdate: { var r = TimelineJson.Decode(entry, json.RecordedUpdate); return (r.Call, r); }
            case TimelineKinds.Speech: { var r = TimelineJson.Decode(entry, json.RecordedSpeech); return (r.Call, r); }
            case TimelineKinds.ReplyEnd or TimelineKinds.SpeechEnd: { var r = TimelineJson.Decode(entry, json.RecordedEnd); return (r.Call, r); }
            default: { var r = TimelineJson.Decode(entry, json.RecordedFailure); return (r.Call, r); }
        }
    }
}
