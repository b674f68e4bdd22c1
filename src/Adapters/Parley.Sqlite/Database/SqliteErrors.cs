using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parley.Sqlite.Database;

/// <summary>What goes wrong in a database, in words for people. They never hold what was stored.</summary>
internal static class SqliteErrors
{
    public static string Describe(Exception error) => error switch
    {
        SqliteException e => e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "the disk is full",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program has the database locked",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the file is damaged",
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "the file may not be written",
            raw.SQLITE_CANTOPEN => "the file cannot be opened",
            raw.SQLITE_IOERR => "the disk reports an error",
            var code => $"SQLite reports error {code}",
        },
        UnauthorizedAccessException => "the folder may not be written",
        IOException e => e.Message,
        _ => $"{error.GetType().Name}",
    };

    /// <summary>Whether one row was refused for what it is, while the database is well.</summary>
    public static bool IsOfTheRow(SqliteException error) =>
        error.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH;
}
