namespace Parley.Replay;

/// <summary>How a replay went.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="RecordedVersion">The version of Parley that recorded it; the last, where there were several.</param>
/// <param name="Events">Events that the recording has.</param>
/// <param name="Differences">Where the replay differs, in the order of session time; empty: it is the same, byte by byte.</param>
public sealed record ReplayReport(string SessionId, string RecordedVersion, int Events, IReadOnlyList<ReplayDifference> Differences)
{
    public bool IsIdentical => Differences.Count == 0;
}
