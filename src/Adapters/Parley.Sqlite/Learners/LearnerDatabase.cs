using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Parley.Sqlite.Database;
using Parley.Timeline;
using SQLitePCL;

namespace Parley.Sqlite.Learners;

/// <summary>Opens the learners' database. One that is damaged is put aside, so that the conversation goes on, and what can be saved of it is not lost.</summary>
internal static partial class LearnerDatabase
{
    // SQLite's own, beside the database: they belong to the one that is put aside.
    private static readonly string[] s_parts = ["", "-wal", "-shm"];

    /// <exception cref="StoreException">It belongs to a newer version or to another program.</exception>
    /// <exception cref="SqliteException">It cannot be opened or written.</exception>
    /// <exception cref="IOException">It cannot be created, or put aside.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be created, or put aside.</exception>
    public static SqliteConnection Open(SqliteFile file, TimeProvider time, ILogger logger)
    {
        try
        {
            return OpenWhole(file);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            var aside = $"{file.Path}.damaged-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
            foreach (var part in s_parts.Where(part => File.Exists(file.Path + part))) { File.Move(file.Path + part, aside + part, overwrite: true); }
            LogPutAside(logger, file.Path, aside);
            return OpenWhole(file);
        }
    }

    private static SqliteConnection OpenWhole(SqliteFile file)
    {
        var connection = file.OpenWriter();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            return command.ExecuteScalar() is "ok" ? connection : throw new SqliteException("damaged", raw.SQLITE_CORRUPT);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The learners' database {Path} is damaged. It was put aside as {Aside}, and a new one begun; `sqlite3 FILE .recover` may save some of it.")]
    private static partial void LogPutAside(ILogger logger, string path, string aside);
}
