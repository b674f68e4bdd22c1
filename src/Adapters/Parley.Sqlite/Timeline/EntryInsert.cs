using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Sqlite.Timeline;

/// <summary>The insertion of a timeline entry: the one statement that runs thousands of times a second, without the objects that a command makes each time.</summary>
/// <remarks>Used by the writer's thread alone.</remarks>
/// <param name="connection">Open, and so for as long as this is used.</param>
/// <param name="data">How the data is stored, of the parameter <c>$data</c>, which is bytes.</param>
internal sealed class EntryInsert(SqliteConnection connection, string data) : IDisposable
{
    private readonly sqlite3 _database = connection.Handle!;
    private readonly string _sql = $"INSERT OR IGNORE INTO entry VALUES ($session, $number, $at, $kind, {data})";
    // Not before it is run: to prepare it reads the database, which another program may have locked.
    private sqlite3_stmt? _statement;

    /// <summary>Inserts an entry, within a transaction.</summary>
    /// <param name="session">The session's key.</param>
    /// <param name="number">The entry's number.</param>
    /// <param name="at">Its time, in ticks.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="data">Its data; empty: none.</param>
    /// <returns>False: it is there already.</returns>
    /// <exception cref="SqliteException">It was not written.</exception>
    public bool Run(long session, long number, long at, string kind, ReadOnlySpan<byte> data)
    {
        var statement = _statement ??= Prepare();
        try
        {
            Check(raw.sqlite3_bind_int64(statement, 1, session));
            Check(raw.sqlite3_bind_int64(statement, 2, number));
            Check(raw.sqlite3_bind_int64(statement, 3, at));
            Check(raw.sqlite3_bind_text(statement, 4, kind));
            Check(data.IsEmpty ? raw.sqlite3_bind_null(statement, 5) : raw.sqlite3_bind_blob(statement, 5, data));
            Check(raw.sqlite3_step(statement));
            return raw.sqlite3_changes(_database) > 0;
        }
        finally
        {
            // It says once more what the step has said.
            _ = raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => _statement?.Dispose();

    private sqlite3_stmt Prepare()
    {
        Check(raw.sqlite3_prepare_v2(_database, _sql, out var statement));
        return statement;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
