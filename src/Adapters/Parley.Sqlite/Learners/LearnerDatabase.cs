using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Learning.Learners;
using Parley.Sqlite.Database;
using Parley.Timeline;
using SQLitePCL;

namespace Parley.Sqlite.Learners;

/// <summary>The learners' database: one connection that writes, one for each reading.</summary>
/// <remarks>
/// Thread-safe: writes take turns. What returned survives the end of the process. A file that is damaged is put aside, so that the conversation goes on and what
/// can be saved of it is not lost.
/// </remarks>
public sealed partial class LearnerDatabase : IAsyncDisposable
{
    // SQLite's own, beside the database: they belong to the one that is put aside.
    private static readonly string[] s_parts = ["", "-wal", "-shm"];

    private readonly SqliteFile _file;
    private readonly SqliteConnection _writer;
    private readonly TimeSpan _patience;
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isClosed;

    private LearnerDatabase(SqliteFile file, SqliteConnection writer, string? putAside, TimeSpan patience) => (_file, _writer, PutAside, _patience) = (file, writer, putAside, patience);

    public string Path => _file.Path;

    /// <summary>Where the damaged file is that was found in its place; null: there was none.</summary>
    public string? PutAside { get; }

    /// <summary>Opens the database, which is created, or brought to this version, where that is needed.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="time">Names what is put aside.</param>
    /// <param name="logger">Told of damage, never of content.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static LearnerDatabase Open(LearnerStoreOptions options, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        SqliteLibrary.Require();
        var file = new SqliteFile(options.ResolvePath(), Schema.Learners, options.BusyTimeout);
        try
        {
            var (writer, putAside) = OpenOrReplace(file, time, logger ?? NullLogger.Instance);
            return new LearnerDatabase(file, writer, putAside, 2 * options.BusyTimeout);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Learners cannot be stored in {file.Path}: {SqliteErrors.Describe(e)}.", e);
        }
    }

    /// <summary>Writes in one transaction.</summary>
    /// <param name="write">Runs while nobody else writes.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <param name="afterwards">Runs after the transaction, while still nobody else writes.</param>
    /// <exception cref="StoreException">It cannot be written; nothing was.</exception>
    internal async ValueTask WriteAsync(Action<SqliteConnection> write, CancellationToken cancellationToken, Action<SqliteConnection>? afterwards = null)
    {
        if (Volatile.Read(ref _isClosed)) { throw new StoreException($"Learners cannot be stored in {Path}: the store is closed."); }
        if (!await _turn.WaitAsync(_patience, cancellationToken)) { throw new StoreException($"Learners cannot be stored in {Path} now: other writes take too long."); }
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            try
            {
                write(_writer);
                _writer.Execute("COMMIT");
            }
            catch
            {
                RollBack();
                throw;
            }
            afterwards?.Invoke(_writer);
        }
        catch (SqliteException e)
        {
            throw new StoreException($"Learners cannot be stored in {Path}: {SqliteErrors.Describe(e)}.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads rows.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    internal IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            using var connection = _file.OpenReader();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Set(parameters);
            using var row = command.ExecuteReader();
            var found = new List<T>();
            while (row.Read()) { found.Add(read(row)); }
            return found;
        }
        catch (Exception e) when (e is SqliteException or FormatException or ArgumentException)
        {
            throw new StoreException($"The learners in {Path} cannot be read: {SqliteErrors.Describe(e)}.", e);
        }
    }

    /// <summary>Waits for the write that is under way, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true)) { return; }
        await _turn.WaitAsync(_patience);
        await _writer.DisposeAsync();
        _file.CloseReaders();
        _turn.Dispose();
    }

    private void RollBack()
    {
        // SQLite has done so itself after some failures, and says so as an error.
        try { _writer.Execute("ROLLBACK"); }
        catch (SqliteException) { }
    }

    private static (SqliteConnection Writer, string? PutAside) OpenOrReplace(SqliteFile file, TimeProvider time, ILogger logger)
    {
        try
        {
            return (OpenWhole(file), null);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            var aside = $"{file.Path}.damaged-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
            foreach (var part in s_parts.Where(part => File.Exists(file.Path + part))) { File.Move(file.Path + part, aside + part, overwrite: true); }
            LogPutAside(logger, file.Path, aside);
            return (OpenWhole(file), aside);
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
