using Parley.Transports.Protocol;

namespace Parley.Timeline;

/// <summary>The append-only record of one session: what came in, what was decided, what went out. Kept in memory, the newest entries.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SessionTimeline(TimeProvider time)
{
    /// <summary>Entries that are kept; older ones make room.</summary>
    public const int Capacity = 4_096;

    private readonly Lock _lock = new();
    private readonly Queue<TimelineEntry> _entries = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>Time since the session began.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    public void Add(string kind, object? data = null)
    {
        lock (_lock)
        {
            if (_entries.Count == Capacity) { _entries.Dequeue(); }
            _entries.Enqueue(new TimelineEntry(Now, kind, data));
        }
    }

    public void AddReceived(ClientMessage message) => Add("received", message);

    public void AddSent(ServerMessage message) => Add("sent", message);

    /// <summary>A copy of what is kept, in order.</summary>
    public IReadOnlyList<TimelineEntry> Snapshot() { lock (_lock) { return [.. _entries]; } }
}
