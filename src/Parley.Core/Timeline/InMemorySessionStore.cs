using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Parley.Timeline;

/// <summary>Keeps the newest sessions while the process lives: for servers that store nothing on disk, and for tests.</summary>
/// <remarks>
/// Bounded in sessions and bytes: the session that was written to longest ago and does not run makes room. Where all run, further entries are
/// lost and counted. Everything is done when a call returns, on the caller's thread.
/// </remarks>
public sealed class InMemorySessionStore : ISessionStore
{
    /// <summary>Sessions that are kept, unless the caller says otherwise.</summary>
    public const int DefaultMaxSessions = 200;

    /// <summary>Bytes of timelines that are kept, unless the caller says otherwise.</summary>
    public const long DefaultMaxBytes = 64 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Stored> _sessions = [];
    private readonly TimeProvider _time;
    private readonly int _maxSessions;
    private readonly long _maxBytes;
    private readonly string? _insteadOf;
    private long _bytes, _lost, _writes;

    /// <param name="time">Says when a session was last written to.</param>
    /// <param name="maxSessions">Sessions that are kept, those that run included.</param>
    /// <param name="maxBytes">Bytes that their timelines may take.</param>
    /// <param name="insteadOf">Why this store has to serve where another was wanted; null if it is the one that was wanted.</param>
    public InMemorySessionStore(
        TimeProvider time, int maxSessions = DefaultMaxSessions, long maxBytes = DefaultMaxBytes, string? insteadOf = null) =>
        (_time, _maxSessions, _maxBytes, _insteadOf) = (time, maxSessions, maxBytes, insteadOf);

    public string Name => "memory";

    public StoreStatus Status { get { lock (_lock) { return new StoreStatus(_insteadOf is null, _lost, _insteadOf); } } }

    public void Begin(SessionRecord session)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(session.Id, out var stored))
            {
                while (_sessions.Count >= _maxSessions && EvictOldest()) { }
                if (_sessions.Count >= _maxSessions)
                {
                    _lost++;
                    return;
                }
                stored = _sessions[session.Id] = new Stored();
            }
            stored.Record = session;
            stored.Runs = session.EndedAt is null;
            Touch(stored);
        }
    }

    public void Append(string sessionId, TimelineEntry entry)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var stored) || stored.Entries.ContainsKey(entry.Number)) { return; }
            Touch(stored);
            if (!TryEncode(entry, out var encoded) || !MakeRoom(encoded.Data.Length))
            {
                _lost++;
                return;
            }
            stored.Entries.Add(entry.Number, encoded);
            stored.Bytes += encoded.Data.Length;
            _bytes += encoded.Data.Length;
        }
    }

    public void End(string sessionId, string reason, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var stored)) { return; }
            stored.Record = stored.Record with { EndedAt = at, EndReason = reason };
            stored.Runs = false;
            Touch(stored);
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask<SessionRecord?> FindAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        lock (_lock) { return new ValueTask<SessionRecord?>(_sessions.GetValueOrDefault(sessionId)?.Record); }
    }

    public ValueTask<bool> ExchangeTokenAsync(
        string sessionId, ReadOnlyMemory<byte> tokenHash, ResumeToken next, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(sessionId, out var stored) || stored.Record.Token is not { } token || token.ExpiresAt <= now
                || !CryptographicOperations.FixedTimeEquals(token.Hash.Span, tokenHash.Span))
            {
                return new ValueTask<bool>(false);
            }
            stored.Record = stored.Record with { Token = next };
            return new ValueTask<bool>(true);
        }
    }

    public async IAsyncEnumerable<StoredEntry> ReadAsync(
        string sessionId, IReadOnlyCollection<string>? kinds = null, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        foreach (var entry in Read(sessionId, kinds, after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    public ValueTask<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock) { return new ValueTask<IReadOnlyList<SessionSummary>>([.. Find(query).Select(s => s.Summarise())]); }
    }

    public ValueTask<int> DeleteAsync(SessionQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var found = Find(query);
            found.ForEach(Remove);
            return new ValueTask<int>(found.Count);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private StoredEntry[] Read(string sessionId, IReadOnlyCollection<string>? kinds, long after)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(sessionId, out var stored)
                ? [.. stored.Entries.Values.Where(e => e.Number > after && (kinds is null or { Count: 0 } || kinds.Contains(e.Kind)))]
                : [];
        }
    }

    private List<Stored> Find(SessionQuery query) =>
    [
        .. _sessions.Values
            .Where(s => (query.SessionId is null || s.Record.Id == query.SessionId)
                && (query.LearnerId is null || s.Record.LearnerId == query.LearnerId)
                && (query.Before is null || (s.WrittenAt < query.Before && !s.Runs)))
            .OrderByDescending(s => s.Record.StartedAt).Take(query.Limit ?? int.MaxValue),
    ];

    /// <summary>What cannot be written is a slip in the code, but no reason to end a conversation.</summary>
    private static bool TryEncode(TimelineEntry entry, out StoredEntry encoded)
    {
        try
        {
            encoded = TimelineJson.Encode(entry);
            return true;
        }
        catch (ArgumentException)
        {
            encoded = default;
            return false;
        }
    }

    private bool MakeRoom(long bytes)
    {
        while (_bytes + bytes > _maxBytes && EvictOldest()) { }
        return _bytes + bytes <= _maxBytes;
    }

    private bool EvictOldest()
    {
        if (_sessions.Values.Where(s => !s.Runs).MinBy(s => s.Write) is not { } oldest) { return false; }
        Remove(oldest);
        return true;
    }

    private void Remove(Stored stored)
    {
        _sessions.Remove(stored.Record.Id);
        _bytes -= stored.Bytes;
    }

    private void Touch(Stored stored) => (stored.WrittenAt, stored.Write) = (_time.GetUtcNow(), ++_writes);

    private sealed class Stored
    {
        public SessionRecord Record { get; set; } = null!;

        public SortedList<long, StoredEntry> Entries { get; } = [];

        public long Bytes { get; set; }

        public bool Runs { get; set; }

        public DateTimeOffset WrittenAt { get; set; }

        /// <summary>Orders the sessions by their last write, where the clock stands still too.</summary>
        public long Write { get; set; }

        public SessionSummary Summarise() => new(
            Record, Entries.Values.Count(e => e.Kind == TimelineKinds.User), Entries.Count, Bytes,
            Entries.Count == 0 ? TimeSpan.Zero : Entries.Values[^1].At, WrittenAt);
    }
}
