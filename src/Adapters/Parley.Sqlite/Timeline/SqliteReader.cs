using System.Text.Json;
using Microsoft.Data.Sqlite;
using Parley.Sqlite.Database;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Sqlite.Timeline;

/// <summary>Reads the database, each time over a connection of its own.</summary>
/// <remarks>Thread-safe. Readings are short: one that lasts would keep the write-ahead log from being emptied.</remarks>
internal sealed class SqliteReader(SqliteFile file)
{
    /// <summary>Entries that one reading takes.</summary>
    private const int Page = 512;

    private const string SessionColumns =
        "id, learner_id, started_at, ended_at, end_reason, seed, version, config, token_hash, token_expires_at, turns, entries, bytes, length, written_at";

    /// <exception cref="StoreException">The database cannot be read.</exception>
    public SessionRecord? Find(string sessionId) =>
        List(new SessionQuery { SessionId = sessionId }, []) is [var found] ? found.Session : null;

    /// <exception cref="StoreException">The database cannot be read.</exception>
    public List<SessionSummary> List(SessionQuery query, IEnumerable<string> running) => Read(
        $"SELECT {SessionColumns} FROM session {QueryFilter.Sql}", QueryFilter.Parameters(query, running), ToSummary);

    /// <summary>The next entries after a number; fewer than there are, but none only at the end.</summary>
    /// <exception cref="StoreException">The database cannot be read, or an entry is damaged.</exception>
    public List<StoredEntry> ReadPage(string sessionId, IReadOnlyCollection<string>? kinds, long after) => Read(
        """
        SELECT number, at, entry.kind, CAST(data AS BLOB) FROM entry JOIN session ON session.key = entry.session
        WHERE session.id = $session AND number > $after AND ($kinds IS NULL OR entry.kind IN (SELECT value FROM json_each($kinds)))
        ORDER BY number LIMIT $page
        """,
        [("$session", sessionId), ("$after", after), ("$kinds", kinds is null or { Count: 0 } ? null : JsonSerializer.Serialize(kinds)), ("$page", Page)],
        row =>
        {
            var data = row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3);
            var entry = new StoredEntry(row.GetInt64(0), TimeSpan.FromTicks(row.GetInt64(1)), row.GetString(2), data);
            return TimelineJson.IsIntact(entry) ? entry : throw new StoreException($"Entry {entry.Number} of session {sessionId} is damaged.");
        });

    private static SessionSummary ToSummary(SqliteDataReader row)
    {
        var id = row.GetString(0);
        try
        {
            var config = JsonSerializer.Deserialize(row.GetString(7), ProtocolJson.Default.SessionConfig) ?? new SessionConfig();
            var record = new SessionRecord(id, SqliteTime.Parse(row.GetString(2)), config, row.GetInt64(5), row.GetString(6))
            {
                LearnerId = Text(row, 1),
                EndedAt = Time(row, 3),
                EndReason = Text(row, 4),
                Token = Time(row, 9) is { } expires ? new ResumeToken(row.GetFieldValue<byte[]>(8), expires) : null,
            };
            return new SessionSummary(record, row.GetInt32(10), row.GetInt64(11), row.GetInt64(12), TimeSpan.FromTicks(row.GetInt64(13)),
                SqliteTime.Parse(row.GetString(14)));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new StoreException($"What is stored of session {id} is damaged.", e);
        }
    }

    private List<T> Read<T>(string sql, (string Name, object? Value)[] parameters, Func<SqliteDataReader, T> toItem)
    {
        try
        {
            using var connection = file.OpenReader();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Set(parameters);
            using var rows = command.ExecuteReader();
            var items = new List<T>();
            while (rows.Read()) { items.Add(toItem(rows)); }
            return items;
        }
        catch (SqliteException e)
        {
            throw new StoreException($"The sessions in {file.Path} cannot be read: {SqliteErrors.Describe(e)}.", e);
        }
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : SqliteTime.Parse(row.GetString(column));
}
