using Parley.Recording;
using Parley.Timeline;

namespace Parley.Replay;

/// <summary>
/// Finds for a call of a replay the recorded one: the first for the same thing that was not taken yet. Which calls are made before a reply is cut off is
/// a matter of milliseconds, so their order alone would not do.
/// </summary>
/// <remarks>Not thread-safe: a replay runs on one thread.</remarks>
internal sealed class RecordedCalls(ReplayLeg leg, string calls, params string[] results)
{
    private readonly List<RecordedCall> _left =
        [.. leg.Entries.Where(e => e.Kind == calls).Select(e => TimelineJson.Decode(e, TimelineJsonContext.Default.RecordedCall))];

    private readonly ILookup<int, (TimeSpan At, object Result)> _results = leg.Results(results);

    /// <summary>What the call gave; nothing where none was recorded: in the recording it was cut off before it was made.</summary>
    public IEnumerable<(TimeSpan At, object Result)> Take(string what)
    {
        if (_left.Find(c => c.For == what) is not { } call) { return []; }
        _left.Remove(call);
        return _results[call.Call];
    }
}
