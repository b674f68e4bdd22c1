using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Timeline;

namespace Parley.Sqlite.Database;

/// <summary>The database file: creates it, brings it to the present version, opens connections to it.</summary>
/// <param name="path">Where it is.</param>
/// <param name="schema">What it holds.</param>
/// <param name="busyTimeout">How long a statement waits for a lock.</param>
/// <param name="onWriter">Sees each connection that is opened for writing; tests limit it.</param>
internal sealed class SqliteFile(string path, Schema schema, TimeSpan busyTimeout, Action<SqliteConnection>? onWriter = null)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path => path;

    /// <summary>Opens the connection that writes; creates the file for its owner alone, in a folder for its owner alone, and migrates it.</summary>
    /// <exception cref="StoreException">It belongs to a newer version or to another program.</exception>
    /// <exception cref="SqliteException">It cannot be opened or written.</exception>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be created.</exception>
    public SqliteConnection OpenWriter()
    {
        Create();
        var connection = Open(SqliteOpenMode.ReadWrite, pooling: false);
        try
        {
            schema.Check(connection);
            // A commit survives the end of the process, however it ends; what the last moments before a power failure held may be missing.
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = NORMAL");
            // Each session writes to pages of its own: with more of them than the usual 2 MiB hold, each is read from disk again and again.
            connection.Execute("PRAGMA cache_size = -16384");
            connection.Execute("PRAGMA foreign_keys = ON");
            connection.Execute("PRAGMA secure_delete = ON");
            schema.Apply(connection);
            onWriter?.Invoke(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection for one reading, from the pool.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly, pooling: true);

    /// <summary>Closes the connections that readers gave back.</summary>
    public void CloseReaders()
    {
        using var connection = Connect(SqliteOpenMode.ReadOnly, pooling: true);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Open(SqliteOpenMode mode, bool pooling)
    {
        var connection = Connect(mode, pooling);
        try
        {
            connection.Open();
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)busyTimeout.TotalMilliseconds}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The library repeats what is busy for its own time-out, in whole seconds, beyond SQLite's: one second adds nothing to it.
    private SqliteConnection Connect(SqliteOpenMode mode, bool pooling) =>
        new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = pooling, DefaultTimeout = 1 }.ToString());

    private void Create()
    {
        if (File.Exists(path)) { return; }
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnerOnly;
        }
        // SQLite takes an empty file for a new database, and gives its write-ahead log the same permissions.
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
        }
    }
}
