using System.Collections.Concurrent;
using Parley.Diagnostics;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>The sessions that run now, and whether there is room for one more.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="maxSessions">Room for so many.</param>
public sealed class SessionRegistry(int maxSessions)
{
    private static readonly ErrorMessage s_full = new(ErrorCodes.Overloaded, "The server is full.", Retryable: true, Fatal: true, RetryAfterMs: 2_000);

    private readonly ConcurrentDictionary<VoiceSession, byte> _sessions = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Room for so many.</summary>
    public int Max => maxSessions;

    /// <summary>How those stand that run now, the oldest first.</summary>
    public IReadOnlyList<LiveSession> Look() => [.. _sessions.Keys.Select(s => s.Look()).OrderByDescending(s => s.Age)];

    /// <summary>The largest of a figure that every session has; 0 while none runs.</summary>
    internal long Most(Func<LiveSession, long> figure) => _sessions.Keys.Select(s => figure(s.Look())).DefaultIfEmpty().Max();

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

    /// <summary>Holds a conversation on a line to its end; where there is no room, or the server is being shut down, the client is told to come again.</summary>
    /// <param name="transport">The line; disposed when this returns.</param>
    /// <param name="services">What the session needs.</param>
    /// <param name="isLenient">Whether the client may send audio faster than real time, and make as many errors as it likes.</param>
    /// <param name="shutdown">The server is being shut down.</param>
    public async Task ServeAsync(IVoiceTransport transport, SessionServices services, bool isLenient = false, CancellationToken shutdown = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(services);
        var session = new VoiceSession(transport, services, isLenient);
        if (shutdown.IsCancellationRequested || !TryAdd(session))
        {
            await RefuseAsync(transport, services);
            return;
        }
        try
        {
            await session.RunAsync(shutdown);
        }
        finally
        {
            Remove(session);
        }
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

    private static async Task RefuseAsync(IVoiceTransport transport, SessionServices services)
    {
        await using (transport)
        {
            using var limit = new CancellationTokenSource(services.Options.SendTimeout, services.Time);
            try
            {
                await transport.SendAsync(s_full with { Seq = 1 }, limit.Token);
            }
            catch (Exception e) when (e is VoiceException or OperationCanceledException)
            {
                // Who has gone, or does not read, need not know.
            }
            await transport.CloseAsync(TransportCloseReason.GoingAway, CancellationToken.None);
        }
    }
}
