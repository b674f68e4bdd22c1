using System.Collections.Concurrent;

namespace Parley.Sessions;

/// <summary>The sessions that run now, and whether there is room for one more.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="maxSessions">Room for so many.</param>
public sealed class SessionRegistry(int maxSessions)
{
    private readonly ConcurrentDictionary<VoiceSession, byte> _sessions = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryAdd(VoiceSession session)
    {
        if (Interlocked.Increment(ref _count) > maxSessions)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _sessions[session] = 0;
        return true;
    }

    public void Remove(VoiceSession session)
    {
        if (_sessions.TryRemove(session, out _)) { Interlocked.Decrement(ref _count); }
    }

    /// <summary>Whether a session with this id runs here.</summary>
    public bool IsRunning(string sessionId) => _sessions.Keys.Any(s => s.Id == sessionId);

    /// <summary>
    /// Ends the session with this id, if it runs here: its client comes back on another line. Returns when its timeline is complete.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="successor">The session that takes its place and is not meant.</param>
    public async Task HandOverAsync(string sessionId, VoiceSession successor)
    {
        foreach (var session in _sessions.Keys.Where(s => s.Id == sessionId && s != successor)) { await session.HandOverAsync(); }
    }
}
