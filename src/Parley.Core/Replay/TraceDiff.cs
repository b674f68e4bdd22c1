namespace Parley.Replay;

/// <summary>Compares two traces: a longest common subsequence in each lane.</summary>
/// <remarks>
/// How much of a reply's speech had left when it was cut off is a matter of milliseconds: such a lane is compared up to where the shorter one ends. What was
/// heard of it is in the session's own lane, and compared.
/// </remarks>
internal static class TraceDiff
{
    /// <summary>A lane whose differing part is longer is compared place by place: the table would grow with its square.</summary>
    private const int MaxTable = 2_000;

    /// <param name="recorded">The trace of then.</param>
    /// <param name="replayed">The trace of today.</param>
    /// <param name="cutOff">The lanes whose end is a matter of milliseconds.</param>
    public static IReadOnlyList<ReplayDifference> Compare(
        ILookup<string, TracedEvent> recorded, ILookup<string, TracedEvent> replayed, IReadOnlySet<string> cutOff) =>
        [.. recorded.Select(l => l.Key).Union(replayed.Select(l => l.Key)).SelectMany(lane =>
        {
            TracedEvent[] then = [.. recorded[lane]], now = [.. replayed[lane]];
            var shorter = cutOff.Contains(lane) ? Math.Min(then.Length, now.Length) : int.MaxValue;
            return Compare(lane, [.. then.Take(shorter)], [.. now.Take(shorter)]);
        }).OrderBy(d => d.At)];

    private static IEnumerable<ReplayDifference> Compare(string lane, TracedEvent[] a, TracedEvent[] b)
    {
        var same = a.Zip(b).TakeWhile(p => p.First.Line == p.Second.Line).Count();
        var tail = a.Skip(same).Reverse().Zip(b.Skip(same).Reverse()).TakeWhile(p => p.First.Line == p.Second.Line).Count();
        (a, b) = (a[same..^tail], b[same..^tail]);
        if (a.Length > MaxTable || b.Length > MaxTable) { return ByPlace(lane, a, b); }
        return BySubsequence(lane, a, b);
    }

    private static IEnumerable<ReplayDifference> ByPlace(string lane, TracedEvent[] a, TracedEvent[] b)
    {
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var (x, y) = (i < a.Length ? a[i] : (TracedEvent?)null, i < b.Length ? b[i] : (TracedEvent?)null);
            if (x?.Line != y?.Line) { yield return new ReplayDifference((x ?? y)!.Value.At, lane, x?.Line, y?.Line); }
        }
    }

    private static IEnumerable<ReplayDifference> BySubsequence(string lane, TracedEvent[] a, TracedEvent[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i].Line == b[j].Line ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        var (x, y) = (0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x].Line == b[y].Line) { (x, y) = (x + 1, y + 1); }
            else if (y == b.Length || (x < a.Length && common[x + 1, y] >= common[x, y + 1])) { yield return new ReplayDifference(a[x].At, lane, a[x++].Line, null); }
            else { yield return new ReplayDifference(b[y].At, lane, null, b[y++].Line); }
        }
    }
}
