using System.Collections.Concurrent;
using System.Globalization;
using Parley.Diagnostics;
using Parley.Sessions.Admission;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>The sessions that run now, and whether there is room for one more.</summary>
/// <remarks>
/// Thread-safe. A line is heard before it has a place, for it may be one that comes back: sessions that go on are let in when new ones no longer are.
/// </remarks>
/// <param name="maxSessions">Room for so many; a tenth more for those that go on.</param>
/// <param name="gate">Turns new ones away when the machine has too much to do; null: only room counts.</param>
public sealed class SessionRegistry(int maxSessions, AdmissionGate? gate = null)
{
    private const int RetryAfterMs = 2_000, RetrySpreadMs = 3_000;

    /// <summary>Lines that are heard beside those with a place, at least.</summary>
    private const int LeastWaiting = 100;

    private readonly ConcurrentDictionary<VoiceSession, bool> _sessions = new();
    private readonly Lock _lock = new();
    private int _count, _placed, _refused;

    /// <summary>Lines, those that have not begun a session among them.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Room for so many.</summary>
    public int Max => maxSessions;

    /// <summary>How those stand that run now, the oldest first.</summary>
    public IReadOnlyList<LiveSession> Look() => [.. _sessions.Keys.Select(s => s.Look()).OrderByDescending(s => s.Age)];

    /// <summary>The largest of a figure that every session has; 0 while none runs.</summary>
    internal long Most(Func<LiveSession, long> figure) => _sessions.Keys.Select(s => figure(s.Look())).DefaultIfEmpty().Max();

    /// <summary>Adds a line, which has no place yet.</summary>
    /// <returns>False: there are so many that not even what it wants can be heard.</returns>
    public bool TryAdd(VoiceSession session)
    {
        if (Interlocked.Increment(ref _count) > 2 * maxSessions + LeastWaiting)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _sessions[session] = false;
        return true;
    }

    public void Remove(VoiceSession session)
    {
        if (!_sessions.TryRemove(session, out var hasPlace)) { return; }
        Interlocked.Decrement(ref _count);
        if (hasPlace) { lock (_lock) { _placed--; } }
    }

    /// <summary>Gives a line its place: its session begins, or goes on.</summary>
    /// <param name="session">The line.</param>
    /// <param name="metrics">Count who is turned away.</param>
    /// <param name="isResumed">The session goes on.</param>
    /// <exception cref="RefusedException">It gets none; <see cref="RefusedException.Last"/> is what its client is told.</exception>
    internal void Begin(VoiceSession session, ParleyMetrics metrics, bool isResumed = false)
    {
        if (TryBegin(session, isResumed) is not { } why) { return; }
        var refusal = Refusal(why, metrics);
        throw new RefusedException(refusal.Code, refusal.Message) { Last = refusal };
    }

    /// <summary>Takes the place away again: its session does not go on after all.</summary>
    internal void TakeBack(VoiceSession session)
    {
        lock (_lock)
        {
            if (_sessions.TryUpdate(session, newValue: false, comparisonValue: true)) { _placed--; }
        }
    }

    /// <summary>Holds a conversation on a line to its end; where there is no room, or the server is being shut down, the client is told to come again.</summary>
    /// <param name="transport">The line; disposed when this returns.</param>
    /// <param name="services">What the session needs.</param>
    /// <param name="isLenient">Whether the client may send audio faster than real time, and make as many errors as it likes.</param>
    /// <param name="canResume">Whether it may be the line of a session that goes on; else it gets its place, or none, before it has said anything.</param>
    /// <param name="shutdown">The server is being shut down.</param>
    public async Task ServeAsync(
        IVoiceTransport transport, SessionServices services, bool isLenient = false, bool canResume = true, CancellationToken shutdown = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(services);
        var session = new VoiceSession(transport, services, isLenient);
        if (shutdown.IsCancellationRequested || !TryAdd(session))
        {
            await RefuseAsync(transport, services, Refusal(Overload.Full, services.Metrics));
            return;
        }
        try
        {
            if (!canResume && TryBegin(session, isResumed: false) is { } why) { await RefuseAsync(transport, services, Refusal(why, services.Metrics)); }
            else { await session.RunAsync(shutdown); }
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

    private Overload? TryBegin(VoiceSession session, bool isResumed)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(session, out var hasPlace) || hasPlace) { return null; }
            if (_placed >= (isResumed ? maxSessions + Math.Max(1, maxSessions / 10) : maxSessions)) { return Overload.Full; }
            if (gate?.Ask(_placed, isResumed) is { } why) { return why; }
            _sessions[session] = true;
            _placed++;
            return null;
        }
    }

    /// <summary>Not all at the same time, or they would come back as they came. In words too, for dialects that have no field for it.</summary>
    private ErrorMessage Refusal(Overload why, ParleyMetrics metrics)
    {
        metrics.SessionRefused(why);
        metrics.ErrorSent(ErrorCodes.Overloaded);
        var wait = RetryAfterMs + (Interlocked.Increment(ref _refused) & short.MaxValue) * 100 % RetrySpreadMs;
        var reason = why == Overload.Full ? "The server is full" : "The server has too much to do for another conversation";
        return new ErrorMessage(
            ErrorCodes.Overloaded, string.Create(CultureInfo.InvariantCulture, $"{reason}; try again in {wait / 1_000.0:0.0} s."), Retryable: true, Fatal: true, RetryAfterMs: wait);
    }

    private static async Task RefuseAsync(IVoiceTransport transport, SessionServices services, ErrorMessage refusal)
    {
        await using (transport)
        {
            using var limit = new CancellationTokenSource(services.Options.SendTimeout, services.Time);
            try
            {
                await transport.SendAsync(refusal with { Seq = 1 }, limit.Token);
            }
            catch (Exception e) when (e is VoiceException or OperationCanceledException)
            {
                // Who has gone, or does not read, need not know.
            }
            await transport.CloseAsync(TransportCloseReason.GoingAway, CancellationToken.None);
        }
    }
}
