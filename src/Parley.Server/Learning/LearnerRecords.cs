using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Learning.Review;
using Parley.Sqlite.Learners;
using Parley.Timeline;

namespace Parley.Server.Learning;

/// <summary>What is kept of learners, on a server that keeps it. One that cannot runs without, and says so.</summary>
/// <remarks>Thread-safe. The database is opened when it is first asked for.</remarks>
public sealed partial class LearnerRecords : IAsyncDisposable
{
    private readonly Lazy<Opened> _opened;
    private ILogger? _logger;
    private long _late, _unread;

    public LearnerRecords(LearnerStoreOptions options, TimeProvider time) =>
        _opened = new Lazy<Opened>(() => Open(options, time));

    /// <summary>Learners, their turns and reviews; null where none are kept.</summary>
    public ILearnerStore? Store => _opened.Value.Store;

    /// <summary>What they said; null where none is kept.</summary>
    public IVectorMemory? Memory => _opened.Value.Memory;

    /// <summary>What comes to mind of them; null where none is kept.</summary>
    public LearnerRecall? Recall => _opened.Value.Recall;

    /// <summary>Their reviews; null where none are kept.</summary>
    public ReviewDesk? Reviews => _opened.Value.Reviews;

    /// <summary>Why learners are not kept although they should be; null: nothing is wrong.</summary>
    public string? Problem => _opened.Value.Problem;

    /// <summary>Counts replies that did without what is remembered.</summary>
    /// <param name="error">Why it could not be read; null: it came too late.</param>
    public void Missed(StoreException? error) => Interlocked.Increment(ref error is null ? ref _late : ref _unread);

    /// <summary>From now on failures are logged and counted.</summary>
    public void Report(ParleyMetrics metrics, ILogger<LearnerRecords> logger)
    {
        _logger = logger;
        metrics.Meter.CreateObservableCounter("parley.memory.late", () => Interlocked.Read(ref _late), description: "Replies that did not wait for what is remembered of a learner");
        metrics.Meter.CreateObservableCounter("parley.memory.unread", () => Interlocked.Read(ref _unread), description: "Replies without what is remembered of a learner, which could not be read");
    }

    public async ValueTask DisposeAsync()
    {
        if (_opened is { IsValueCreated: true, Value.Database: { } database }) { await database.DisposeAsync(); }
    }

    private Opened Open(LearnerStoreOptions options, TimeProvider time)
    {
        if (!options.Enabled) { return new Opened(); }
        try
        {
            var database = LearnerDatabase.Open(options, time, _logger);
            var store = new SqliteLearnerStore(database);
            var memory = new SqliteVectorMemory(database, LexicalEmbeddings.Dimensions, time);
            return new Opened
            {
                Database = database,
                Store = store,
                Memory = memory,
                Recall = new LearnerRecall(store, memory, new LexicalEmbeddings(), time),
                Reviews = new ReviewDesk(store, new FsrsScheduler(), time),
            };
        }
        catch (StoreException e)
        {
            if (_logger is { } logger) { LogWithout(logger, e.Message); }
            return new Opened { Problem = $"Learners are not remembered. {e.Message}" };
        }
    }

    [LoggerMessage(LogLevel.Error, "Learners are not remembered. {Why}")]
    private static partial void LogWithout(ILogger logger, string why);

    private sealed record Opened
    {
        public LearnerDatabase? Database { get; init; }

        public ILearnerStore? Store { get; init; }

        public IVectorMemory? Memory { get; init; }

        public LearnerRecall? Recall { get; init; }

        public ReviewDesk? Reviews { get; init; }

        public string? Problem { get; init; }
    }
}
