using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Sqlite.Database;
using Parley.Timeline;

namespace Parley.Sqlite.Timeline;

/// <summary>Keeps sessions in a SQLite database.</summary>
/// <remarks>
/// Thread-safe. What was flushed survives the end of the process, however it ends. Several processes may use one file. What is deleted is
/// overwritten, in the database and in its log; to that end a deletion by session or learner writes the database anew before it returns, and
/// one by age does so as soon as no session runs.
/// </remarks>
public sealed class SqliteSessionStore : ISessionStore
{
    private readonly SqliteFile _file;
    private readonly SqliteReader _reader;
    private readonly WriteQueue _queue;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentDictionary<string, bool> _running;

    private SqliteSessionStore(SqliteFile file, WriteQueue queue, SqliteWriter writer, ConcurrentDictionary<string, bool> running) =>
        (_file, _reader, _queue, _writer, _running) = (file, new SqliteReader(file), queue, writer, running);

    public string Name => "sqlite";

    /// <summary>The database file.</summary>
    public string Path => _file.Path;

    public StoreStatus Status => _writer.Status;

    /// <summary>Opens the database, which is created, or brought to this version, where that is needed.</summary>
    /// <param name="options">Where it is, and its bounds.</param>
    /// <param name="time">Says when a session was last written to.</param>
    /// <param name="metrics">Counts what is lost.</param>
    /// <param name="logger">Told of failures, never of content.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static SqliteSessionStore Open(
        StoreOptions options, TimeProvider time, ParleyMetrics? metrics = null, ILogger<SqliteSessionStore>? logger = null) =>
        Open(options, time, metrics, logger, onWriter: null);

    internal static SqliteSessionStore Open(
        StoreOptions options, TimeProvider time, ParleyMetrics? metrics, ILogger<SqliteSessionStore>? logger, Action<SqliteConnection>? onWriter)
    {
        SqliteLibrary.Require();
        var file = new SqliteFile(options.ResolvePath(), Schema.Sessions, options.BusyTimeout, onWriter);
        try
        {
            var (queue, running) = (new WriteQueue(options.QueueCapacity), new ConcurrentDictionary<string, bool>());
            var connection = new WriteConnection(file.OpenWriter(), time);
            var writer = new SqliteWriter(
                queue, file, connection, time, options.RetryDelay, () => running.IsEmpty, metrics, (ILogger?)logger ?? NullLogger.Instance);
            metrics?.ObserveQueue("store", () => queue.Count);
            return new SqliteSessionStore(file, queue, writer, running);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Sessions cannot be stored in {file.Path}: {SqliteErrors.Describe(e)}.", e);
        }
    }

    public void Begin(SessionRecord session)
    {
        if (session.EndedAt is null) { _running[session.Id] = true; }
        Enqueue(new SessionChange(c => c.Begin(session)));
    }

    public void Append(string sessionId, TimelineEntry entry) => Enqueue(new NewEntry(sessionId, entry));

    public void End(string sessionId, string reason, DateTimeOffset at)
    {
        _running.TryRemove(sessionId, out _);
        Enqueue(new SessionChange(c => c.End(sessionId, reason, at)));
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = new Flush();
        if (_queue.TryAdd(flush)) { await flush.Done.WaitAsync(cancellationToken); }
        else if (_queue.IsClosed) { await _writer.Ended.WaitAsync(cancellationToken); }
        else { throw Overfull(); }
    }

    public async ValueTask<SessionRecord?> FindAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await Task.Run(() => _reader.Find(sessionId), cancellationToken);

    public async ValueTask<bool> ExchangeTokenAsync(
        string sessionId, ReadOnlyMemory<byte> tokenHash, ResumeToken next, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await WriteAsync(c => c.Exchange(sessionId, tokenHash, next, now), cancellationToken);

    public async IAsyncEnumerable<StoredEntry> ReadAsync(
        string sessionId, IReadOnlyCollection<string>? kinds = null, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await Task.Run(() => _reader.ReadPage(sessionId, kinds, after), cancellationToken) is { Count: > 0 } page)
        {
            foreach (var entry in page) { yield return entry; }
            after = page[^1].Number;
        }
    }

    public async ValueTask<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default) =>
        await Task.Run(() => _reader.List(query, _running.Keys), cancellationToken);

    public async ValueTask<int> DeleteAsync(SessionQuery query, CancellationToken cancellationToken = default) =>
        await WriteAsync(c => c.Delete(query, _running.Keys), cancellationToken);

    /// <summary>Writes what waits, then closes the database. While the disk fails, what cannot be written is given up at once.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _writer.Ended;
        _file.CloseReaders();
    }

    private void Enqueue(WriteOperation operation)
    {
        if (!_queue.TryAdd(operation)) { _writer.Lose(1, _queue.IsClosed ? "the store is closed" : "more is said than the disk takes"); }
    }

    private async Task<T> WriteAsync<T>(Func<WriteConnection, T> write, CancellationToken cancellationToken)
    {
        var request = new WriteRequest<T>(write);
        return _queue.TryAdd(request)
            ? await request.Done.WaitAsync(cancellationToken)
            : throw Overfull();
    }

    private StoreException Overfull() => new($"Sessions cannot be stored in {Path} now: too much waits to be written.");
}
