using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Parley.Sqlite.Database;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Sqlite.Timeline;

/// <summary>The one connection that writes, with its statements prepared.</summary>
/// <remarks>Used by the writer's thread alone. After a failure it is disposed, which rolls back, and another is opened.</remarks>
internal sealed class WriteConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly SqliteCommand _begin, _end, _find, _sum, _exchange, _delete;
    private readonly EntryInsert _appendText, _appendBlob;
    private readonly TimelineWriter _data = new();
    private readonly Dictionary<string, Appended> _appended = [];

    public WriteConnection(SqliteConnection connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        _begin = Prepare("""
            INSERT INTO session (id, learner_id, started_at, written_at, ended_at, end_reason, seed, version, config, token_hash, token_expires_at)
            VALUES ($id, $learner, $started, $now, $ended, $reason, $seed, $version, $config, $token, $expires)
            ON CONFLICT (id) DO UPDATE SET
                (learner_id, started_at, written_at, ended_at, end_reason, seed, version, config, token_hash, token_expires_at)
                = ($learner, $started, $now, $ended, $reason, $seed, $version, $config, $token, $expires)
            """);
        _end = Prepare("UPDATE session SET (ended_at, end_reason, written_at) = ($at, $reason, $now) WHERE id = $id");
        _find = Prepare("SELECT key FROM session WHERE id = $id");
        _appendText = new EntryInsert(connection, "CAST($data AS TEXT)");
        _appendBlob = new EntryInsert(connection, "$data");
        _sum = Prepare("""
            UPDATE session SET (written_at, turns, entries, bytes, length) = ($now, turns + $turns, entries + $entries, bytes + $bytes, max(length, $length))
            WHERE key = $key
            """);
        _exchange = Prepare("""
            UPDATE session SET (token_hash, token_expires_at, written_at) = ($next, $expires, $written)
            WHERE id = $id AND token_hash = $token AND token_expires_at > $now
            """);
        _delete = Prepare($"DELETE FROM session WHERE key IN (SELECT key FROM session {QueryFilter.Sql})");
    }

    /// <summary>Entries of this transaction that the database refused for what they are.</summary>
    public int Refused { get; private set; }

    /// <summary>Whether something was deleted in this transaction.</summary>
    public bool HasDeleted { get; private set; }

    /// <summary>Whether some of it was asked for by name, and not only because it was old.</summary>
    public bool HasDeletedByName { get; private set; }

    public void BeginTransaction()
    {
        (Refused, HasDeleted, HasDeletedByName) = (0, false, false);
        _appended.Clear();
        _connection.Execute("BEGIN IMMEDIATE");
    }

    public void Commit()
    {
        AddUp();
        _connection.Execute("COMMIT");
    }

    public void Begin(SessionRecord session)
    {
        // Whoever appended before it began found no such session.
        if (_appended.TryGetValue(session.Id, out var appended) && appended.Session is null) { _appended.Remove(session.Id); }
        var (token, expires) = session.Token is { } t ? (t.Hash.ToArray(), SqliteTime.Format(t.ExpiresAt)) : (null, null);
        Run(
            _begin, ("$id", session.Id), ("$learner", session.LearnerId), ("$started", SqliteTime.Format(session.StartedAt)), ("$now", SqliteTime.Format(_time.GetUtcNow())),
            ("$ended", session.EndedAt is { } ended ? SqliteTime.Format(ended) : null), ("$reason", session.EndReason), ("$seed", session.Seed),
            ("$version", session.Version), ("$config", JsonSerializer.Serialize(session.Config, ProtocolJson.Default.SessionConfig)),
            ("$token", token), ("$expires", expires));
    }

    public void End(string id, string reason, DateTimeOffset at) =>
        Run(_end, ("$id", id), ("$reason", reason), ("$at", SqliteTime.Format(at)), ("$now", SqliteTime.Format(_time.GetUtcNow())));

    public void Append(string sessionId, TimelineEntry entry)
    {
        try
        {
            ref var appended = ref CollectionsMarshal.GetValueRefOrAddDefault(_appended, sessionId, out var isKnown);
            if (!isKnown) { appended.Session = Find(sessionId); }
            // What belongs to a session that was deleted meanwhile is not kept.
            if (appended.Session is not { } session) { return; }
            var data = _data.Encode(entry);
            var insert = entry.Kind == TimelineKinds.Audio ? _appendBlob : _appendText;
            if (insert.Run(session, entry.Number, entry.At.Ticks, entry.Kind, data)) { appended.Add(entry, data.Length); }
        }
        catch (Exception e) when (e is ArgumentException || (e is SqliteException error && SqliteErrors.IsOfTheRow(error)))
        {
            Refused++;
        }
    }

    public bool Exchange(string id, ReadOnlyMemory<byte> tokenHash, ResumeToken next, DateTimeOffset now) => 1 == Run(
        _exchange, ("$id", id), ("$token", ToArray(tokenHash)), ("$now", SqliteTime.Format(now)), ("$next", ToArray(next.Hash)),
        ("$expires", SqliteTime.Format(next.ExpiresAt)), ("$written", SqliteTime.Format(_time.GetUtcNow())));

    public int Delete(SessionQuery query, IEnumerable<string> running)
    {
        AddUp();
        var deleted = Run(_delete, QueryFilter.Parameters(query, running));
        HasDeleted |= deleted > 0;
        HasDeletedByName |= deleted > 0 && (query.SessionId ?? query.LearnerId) is not null;
        return deleted;
    }

    /// <summary>
    /// Writes the database anew. SQLite overwrites a row that is deleted, but not the copies that stay in the slack of pages when rows move
    /// between them; only this takes those, too.
    /// </summary>
    public void Rebuild() => _connection.Execute("VACUUM");

    /// <summary>Empties the write-ahead log into the database, so that nothing deleted is left in it.</summary>
    /// <returns>False if a reader still needs it.</returns>
    public bool Checkpoint() => _connection.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    public void Dispose()
    {
        foreach (var command in (IDisposable[])[_begin, _end, _find, _appendText, _appendBlob, _sum, _exchange, _delete, _data]) { command.Dispose(); }
        _connection.Dispose();
    }

    private long? Find(string id)
    {
        _find.Set(("$id", id));
        return _find.ExecuteScalar() as long?;
    }

    /// <summary>Adds what was appended to the sums of its sessions. Which sessions there are is looked up again for what is appended after it.</summary>
    private void AddUp()
    {
        var now = SqliteTime.Format(_time.GetUtcNow());
        foreach (var sums in _appended.Values)
        {
            if (sums.Entries == 0) { continue; }
            Run(
                _sum, ("$key", sums.Session), ("$now", now), ("$turns", sums.Turns), ("$entries", sums.Entries), ("$bytes", sums.Bytes),
                ("$length", sums.Length.Ticks));
        }
        _appended.Clear();
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        command.Set(parameters);
        return command.ExecuteNonQuery();
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) && array.Count == array.Array!.Length ? array.Array : bytes.ToArray();

    /// <summary>What a transaction adds to a session.</summary>
    private record struct Appended
    {
        /// <summary>The session's key; null: there is no such session.</summary>
        public long? Session;
        public int Turns, Entries;
        public long Bytes;
        public TimeSpan Length;

        public void Add(TimelineEntry entry, int bytes)
        {
            Turns += entry.Kind == TimelineKinds.User ? 1 : 0;
            Entries++;
            Bytes += bytes;
            Length = entry.At > Length ? entry.At : Length;
        }
    }
}
