using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Sqlite.Database;
using Parley.Timeline;

namespace Parley.Sqlite.Timeline;

/// <summary>The loop that owns the write connection: takes what waits, writes it in one transaction, and goes on whatever happens to the disk.</summary>
/// <remarks>
/// It has a thread of its own, because SQLite blocks. After a transaction it rests four times as long as that took, up to 0.25 s, for each writes anew
/// the pages of all who speak: one entry is on its way for milliseconds, and no more than a fifth of a processor's time goes here while transactions take less
/// than 60 ms. When one fails it is tried again a few times; then its entries are lost and counted, and as long as writing fails, what comes after gets one
/// attempt.
/// </remarks>
internal sealed partial class SqliteWriter
{
    private const int MaxBatch = 4_096, Attempts = 4, MaxOwed = 10_000, Rest = 4;

    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(250);

    /// <summary>How soon an emptying of the log is tried again that a reader was in the way of; how often a rebuilding asks whether it may.</summary>
    private static readonly TimeSpan s_checkpointRetry = TimeSpan.FromSeconds(1), s_rebuildRetry = TimeSpan.FromMinutes(1);

    private readonly WriteQueue _queue;
    private readonly SqliteFile _file;
    private readonly TimeProvider _time;
    private readonly TimeSpan _retryDelay;
    private readonly Func<bool> _isIdle;
    private readonly ParleyMetrics? _metrics;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<SessionChange> _owed = [];
    private WriteConnection? _connection;
    private bool _owesCheckpoint, _owesRebuild, _abandoned;
    private long _lost;
    private volatile string? _fault;

    /// <param name="queue">What there is to write.</param>
    /// <param name="file">Where to.</param>
    /// <param name="connection">The first connection; owned from now on.</param>
    /// <param name="time">Says when a session was written to.</param>
    /// <param name="retryDelay">The pause after a failure.</param>
    /// <param name="isIdle">Whether no session runs, so that writing may stand still while the database is rebuilt.</param>
    /// <param name="metrics">Counts what is lost.</param>
    /// <param name="logger">Told once when writing begins to fail, and once when it works again.</param>
    public SqliteWriter(
        WriteQueue queue, SqliteFile file, WriteConnection connection, TimeProvider time, TimeSpan retryDelay, Func<bool> isIdle,
        ParleyMetrics? metrics, ILogger logger)
    {
        (_queue, _file, _connection, _time, _retryDelay, _isIdle) = (queue, file, connection, time, retryDelay, isIdle);
        (_metrics, _logger) = (metrics, logger);
        new Thread(Run) { IsBackground = true, Name = "parley-store" }.Start();
    }

    /// <summary>Completes when the queue is closed and everything in it was written or lost.</summary>
    public Task Ended => _ended.Task;

    public StoreStatus Status => new(_fault is null, Interlocked.Read(ref _lost), _fault);

    /// <summary>Counts entries that could not be stored.</summary>
    public void Lose(int entries, string why)
    {
        if (entries == 0) { return; }
        Interlocked.Add(ref _lost, entries);
        _metrics?.EntriesLost(entries);
        Fail(why);
    }

    private void Run()
    {
        // A transaction of many sessions takes tens of milliseconds, in which whoever speaks must not wait.
        YieldingThread.GiveWay();
        var batch = new List<WriteOperation>();
        while (_queue.Take(batch, MaxBatch, _owesCheckpoint ? s_checkpointRetry : _owesRebuild ? s_rebuildRetry : Timeout.InfiniteTimeSpan))
        {
            if (_abandoned) { GiveUp(batch); }
            else if (batch.Count > 0)
            {
                var began = _time.GetTimestamp();
                Write(batch);
                var rest = Rest * _time.GetElapsedTime(began);
                _queue.Gather(rest < s_longestRest ? rest : s_longestRest, MaxBatch);
            }
            else { CleanUp(rebuild: _isIdle()); }
            batch.Clear();
        }
        _connection?.Dispose();
        _ended.SetResult();
    }

    private void Write(List<WriteOperation> batch)
    {
        var attempts = _fault is null ? Attempts : 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var deletedByName = Commit(batch);
                Recover();
                if (_owesCheckpoint) { CleanUp(deletedByName || _isIdle()); }
                batch.ForEach(o => o.Complete());
                return;
            }
#pragma warning disable CA1031 // Whatever a disk or a database does, conversations go on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(SqliteErrors.Describe(e));
                Disconnect();
            }
            if (attempt >= attempts || _queue.IsClosed) { break; }
            _queue.Pause(_retryDelay);
        }
        GiveUp(batch);
        // Whoever waits for the store to close does not wait for each batch to fail.
        _abandoned = _queue.IsClosed;
        _queue.Pause(_retryDelay);
    }

    /// <returns>Whether something was deleted by name: whoever asked waits until no trace of it is left.</returns>
    private bool Commit(List<WriteOperation> batch)
    {
        _connection ??= new WriteConnection(_file.OpenWriter(), _time);
        _connection.BeginTransaction();
        _owed.ForEach(o => o.Write(_connection));
        batch.ForEach(o => o.Write(_connection));
        _connection.Commit();
        _owed.Clear();
        if (_connection.Refused > 0) { LogRefused(_connection.Refused); }
        Interlocked.Add(ref _lost, _connection.Refused);
        _metrics?.EntriesLost(_connection.Refused);
        _owesRebuild |= _connection.HasDeleted;
        _owesCheckpoint |= _connection.HasDeleted;
        return _connection.HasDeletedByName;
    }

    /// <summary>Removes what is left of deleted sessions. What was committed stays so, even if this fails and has to be done later.</summary>
    private void CleanUp(bool rebuild)
    {
        try
        {
            _connection ??= new WriteConnection(_file.OpenWriter(), _time);
            if (rebuild && _owesRebuild)
            {
                _connection.Rebuild();
                (_owesRebuild, _owesCheckpoint) = (false, true);
            }
            _owesCheckpoint = _owesCheckpoint && !_connection.Checkpoint();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(SqliteErrors.Describe(e));
            Disconnect();
        }
    }

    private void GiveUp(List<WriteOperation> batch)
    {
        var error = new StoreException($"Sessions cannot be stored in {_file.Path}: {_fault}.");
        _owed.AddRange(batch.OfType<SessionChange>());
        if (_owed.Count > MaxOwed) { _owed.RemoveRange(0, _owed.Count - MaxOwed); }
        Lose(batch.Count(o => o is NewEntry), _fault!);
        batch.ForEach(o => o.Fail(error));
    }

    private void Disconnect()
    {
        try
        {
            _connection?.Dispose();
        }
#pragma warning disable CA1031 // A connection that fails may fail to close, too.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        _connection = null;
    }

    private void Fail(string why)
    {
        if (Interlocked.Exchange(ref _fault, why) is null) { LogFailing(_file.Path, why); }
    }

    private void Recover()
    {
        if (Interlocked.Exchange(ref _fault, null) is not null) { LogRecovered(_file.Path, Interlocked.Read(ref _lost)); }
    }

    [LoggerMessage(LogLevel.Error, "Sessions cannot be stored in {Path}: {Why}. Conversations go on.")]
    private partial void LogFailing(string path, string why);

    [LoggerMessage(LogLevel.Warning, "Sessions are stored in {Path} again; {Lost} entries were lost since the start.")]
    private partial void LogRecovered(string path, long lost);

    [LoggerMessage(LogLevel.Error, "{Count} timeline entries were refused by the database.")]
    private partial void LogRefused(int count);
}
