using System.Collections.Concurrent;
using Parley.Server.Configuration;
using Parley.Sessions;

namespace Parley.Server.Api;

/// <summary>The sessions that run now, and whether there is room for one more.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SessionRegistry(ServerOptions options)
{
    private readonly ConcurrentDictionary<string, VoiceSession> _sessions = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryAdd(VoiceSession session)
    {
        if (Interlocked.Increment(ref _count) > options.MaxSessions)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _sessions[session.Id] = session;
        return true;
    }

    public void Remove(VoiceSession session)
    {
        if (_sessions.TryRemove(session.Id, out _)) { Interlocked.Decrement(ref _count); }
    }
}
