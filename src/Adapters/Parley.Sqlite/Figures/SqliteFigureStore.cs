using Microsoft.Data.Sqlite;
using Parley.Quality;
using Parley.Sqlite.Database;
using Parley.Timeline;

namespace Parley.Sqlite.Figures;

/// <summary>Keeps figures of sessions in a SQLite database of their own.</summary>
/// <remarks>Thread-safe: writes take turns, each reading has a connection of its own. Several processes may use one file.</remarks>
public sealed class SqliteFigureStore : IDisposable
{
    /// <summary>What a session's client may tell; further events are left out.</summary>
    public const int MaxEvents = 200;

    /// <summary>The sessions that are asked for.</summary>
    private const string Chosen = "WHERE s.started >= $from AND ($experiment IS NULL OR EXISTS (SELECT 1 FROM exposure x WHERE x.session = s.key AND x.experiment = $experiment))";

    private readonly Lock _lock = new();
    private readonly SqliteFile _file;
    private readonly SqliteConnection _writer;

    private SqliteFigureStore(SqliteFile file, SqliteConnection writer) => (_file, _writer) = (file, writer);

    public string Path => _file.Path;

    /// <summary>Opens the database, which is created, or brought to this version, where that is needed.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says why.</exception>
    public static SqliteFigureStore Open(FigureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SqliteLibrary.Require();
        var file = new SqliteFile(options.ResolvePath(), Schema.Figures, options.BusyTimeout);
        try
        {
            return new SqliteFigureStore(file, file.OpenWriter());
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Figures cannot be kept in {file.Path}: {SqliteErrors.Describe(e)}.", e);
        }
    }

    /// <summary>Adds what happened, in its order and in one transaction; what belongs to a session that never began is left out.</summary>
    /// <exception cref="StoreException">It cannot be written; nothing was.</exception>
    public void Write(IReadOnlyCollection<FigureEntry> entries) => Change(connection =>
    {
        foreach (var entry in entries) { Write(connection, entry); }
        return entries.Count;
    });

    /// <summary>Deletes the sessions that began before a time, and the oldest of more than so many.</summary>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="StoreException">They cannot be deleted.</exception>
    public int Delete(DateTimeOffset before, int maxSessions) => Change(connection =>
        connection.Run("DELETE FROM session WHERE started < $before", ("$before", SqliteTime.Format(before)))
        + connection.Run("DELETE FROM session WHERE key NOT IN (SELECT key FROM session ORDER BY started DESC LIMIT $max)", ("$max", maxSessions)));

    /// <summary>Deletes all that is kept of a learner.</summary>
    /// <returns>How many sessions were deleted.</returns>
    /// <exception cref="StoreException">They cannot be deleted.</exception>
    public int Forget(string learnerId) => Change(connection => connection.Run("DELETE FROM session WHERE learner = $learner", ("$learner", LearnerKey.Of(learnerId))));

    /// <summary>The sessions that began within a time, the oldest first.</summary>
    /// <param name="from">At or after this.</param>
    /// <param name="experiment">Only those that an experiment had a variant for.</param>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public IReadOnlyList<SessionFigures> Read(DateTimeOffset from, string? experiment = null)
    {
        try
        {
            using var connection = _file.OpenReader();
            // One picture of the database, whatever is written meanwhile.
            connection.Execute("BEGIN");
            try { return Read(connection, [("$from", SqliteTime.Format(from)), ("$experiment", experiment)]); }
            finally { connection.Execute("ROLLBACK"); }
        }
        catch (Exception e) when (e is SqliteException or FormatException)
        {
            throw new StoreException($"Figures cannot be read from {Path}: {SqliteErrors.Describe(e)}.", e);
        }
    }

    private static List<SessionFigures> Read(SqliteConnection connection, (string, object?)[] which)
    {
        var turns = Rows(connection, $"SELECT s.key, t.id, t.at, clarity, first_audio, cut, utterance, spoken, heard, clipping, noise, level, s.id FROM session s JOIN turn t ON t.session = s.key {Chosen} ORDER BY t.at", ReadTurn, which);
        var events = Rows(connection, $"SELECT s.key, e.at, name, value, stage, s.id FROM session s JOIN event e ON e.session = s.key {Chosen} ORDER BY e.at", ReadEvent, which);
        var variants = Rows(connection, $"SELECT s.key, v.experiment, v.variant FROM session s JOIN exposure v ON v.session = s.key {Chosen}", r => (Experiment: r.GetString(1), Variant: r.GetString(2)), which);
        return
        [
            .. Rows(connection, $"SELECT s.key, s.id, s.learner, s.started, s.ended FROM session s {Chosen} ORDER BY s.started", ReadSession, which).SelectMany(s => s)
                .Select(s => s.Figures with { Turns = [.. turns[s.Key]], Events = [.. events[s.Key]], Variants = variants[s.Key].ToDictionary(v => v.Experiment, v => v.Variant) }),
        ];
    }

    public void Dispose()
    {
        lock (_lock) { _writer.Dispose(); }
        _file.CloseReaders();
    }

    private int Change(Func<SqliteConnection, int> change)
    {
        lock (_lock)
        {
            try
            {
                _writer.Execute("BEGIN IMMEDIATE");
                try
                {
                    var changed = change(_writer);
                    _writer.Execute("COMMIT");
                    return changed;
                }
                catch
                {
                    RollBack();
                    throw;
                }
            }
            catch (Exception e) when (e is SqliteException or ObjectDisposedException or InvalidOperationException)
            {
                throw new StoreException($"Figures cannot be kept in {Path}: {SqliteErrors.Describe(e)}.", e);
            }
        }
    }

    private void RollBack()
    {
        // SQLite has done so itself after some failures, and says so as an error.
        try { _writer.Execute("ROLLBACK"); }
        catch (SqliteException) { }
    }

    private static void Write(SqliteConnection connection, FigureEntry entry)
    {
        (string, object?) session = ("$session", entry.SessionId), at = ("$at", SqliteTime.Format(entry.At));
        switch (entry)
        {
            case SessionEntry e:
                connection.Run(
                    "INSERT INTO session (id, learner, scenario, started) VALUES ($session, $learner, $scenario, $at) ON CONFLICT (id) DO UPDATE SET ended = NULL",
                    session, at, ("$learner", e.Learner), ("$scenario", e.Scenario));
                foreach (var (experiment, variant) in e.Variants)
                {
                    connection.Run(
                        "INSERT OR IGNORE INTO exposure (session, experiment, variant, at) SELECT key, $experiment, $variant, $at FROM session WHERE id = $session",
                        session, at, ("$experiment", experiment), ("$variant", variant));
                }
                break;
            case EndEntry:
                connection.Run("UPDATE session SET ended = $at WHERE id = $session", session, at);
                break;
            case EventEntry e:
                connection.Run(
                    "INSERT INTO event (session, at, name, value, stage) SELECT key, $at, $name, $value, $stage FROM session WHERE id = $session AND (SELECT count(*) FROM event WHERE session = key) < $max",
                    session, at, ("$name", e.Name), ("$value", e.Value), ("$stage", e.Stage), ("$max", MaxEvents));
                break;
            case TurnEntry e:
                connection.Run(
                    """
                    INSERT INTO turn (session, id, at, clarity, first_audio, cut, utterance, spoken, heard, clipping, noise, level)
                    SELECT key, $id, $at, $clarity, $first, $cut, $utterance, $spoken, $heard, $clipping, $noise, $level FROM session WHERE id = $session
                    """,
                    session, at, ("$id", e.TurnId), ("$clarity", e.Clarity), ("$first", e.FirstAudioMs), ("$cut", e.IsCut), ("$utterance", e.IsUtterance), ("$spoken", e.Spoken.Ticks),
                    ("$heard", e.Heard.Ticks), ("$clipping", e.Audio?.Clipping), ("$noise", e.Audio?.NoiseDb), ("$level", e.Audio?.LevelDb));
                break;
        }
    }

    /// <summary>Rows by their session's key, which is the first column.</summary>
    private static ILookup<long, T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, (string, object?)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Set(parameters);
        using var row = command.ExecuteReader();
        var found = new List<(long Key, T Value)>();
        while (row.Read()) { found.Add((row.GetInt64(0), read(row))); }
        return found.ToLookup(f => f.Key, f => f.Value);
    }

    private static (long Key, SessionFigures Figures) ReadSession(SqliteDataReader row)
    {
        var started = SqliteTime.Parse(row.GetString(3));
        return (row.GetInt64(0), new SessionFigures(row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), started)
        {
            Length = row.IsDBNull(4) ? null : SqliteTime.Parse(row.GetString(4)) - started,
        });
    }

    private static TurnEntry ReadTurn(SqliteDataReader row) => new(row.GetString(12), SqliteTime.Parse(row.GetString(2)), row.GetString(1))
    {
        Clarity = Number(row, 3),
        FirstAudioMs = Number(row, 4),
        IsCut = row.GetBoolean(5),
        IsUtterance = row.GetBoolean(6),
        Spoken = TimeSpan.FromTicks(row.GetInt64(7)),
        Heard = TimeSpan.FromTicks(row.GetInt64(8)),
        Audio = Number(row, 9) is { } clipping && Number(row, 10) is { } noise && Number(row, 11) is { } level ? new AudioQuality(clipping, noise, level) : null,
    };

    private static EventEntry ReadEvent(SqliteDataReader row) =>
        new(row.GetString(5), SqliteTime.Parse(row.GetString(1)), row.GetString(2), Number(row, 3), row.IsDBNull(4) ? null : row.GetString(4));

    private static double? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
