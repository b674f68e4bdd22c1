using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Learning.Review;
using Parley.Qdrant.Http;
using Parley.Qdrant.Learners;
using Parley.Sqlite.Learners;
using Parley.Timeline;

namespace Parley.Server.Learning;

/// <summary>What is kept of learners, on a server that keeps it. One that cannot runs without, and says so.</summary>
/// <remarks>Thread-safe. The database is opened when it is first asked for.</remarks>
public sealed partial class LearnerRecords : IAsyncDisposable
{
    private readonly Lazy<Opened> _opened;
    private readonly QdrantServer? _qdrant;
    private ILogger? _logger;
    private long _late, _unread;

    /// <summary>What is kept by the settings.</summary>
    /// <param name="options">Where.</param>
    /// <param name="time">The clock.</param>
    /// <param name="embedder">Understands what is remembered; null: the built-in one. Disposed with this.</param>
    /// <param name="qdrant">Searches what is remembered; null: this process does. Disposed with this.</param>
    public LearnerRecords(LearnerStoreOptions options, TimeProvider time, CoachEmbedder? embedder = null, QdrantServer? qdrant = null)
    {
        _qdrant = qdrant;
        Embedder = embedder ?? new CoachEmbedder(null, time);
        _opened = new Lazy<Opened>(() => Open(options, time));
    }

    /// <summary>What understands texts.</summary>
    internal CoachEmbedder Embedder { get; }

    /// <summary>Learners, their turns and reviews; null where none are kept.</summary>
    public ILearnerStore? Store => _opened.Value.Store;

    /// <summary>What they said; null where none is kept.</summary>
    public LearnerMemories? Memories => _opened.Value.Memories;

    /// <summary>What comes to mind of them; null where none is kept.</summary>
    public LearnerRecall? Recall => _opened.Value.Recall;

    /// <summary>Their reviews; null where none are kept.</summary>
    public ReviewDesk? Reviews => _opened.Value.Reviews;

    /// <summary>Why learners are not kept although they should be; null: nothing is wrong.</summary>
    public string? Problem => _opened.Value.Problem;

    /// <summary>What else is not as it should be, though learners are kept; null: nothing.</summary>
    public string? Weakness => _opened.Value.Database?.PutAside is { } aside
        ? $"The learners' database was damaged. It was put aside as {aside}, and a new one begun." : Embedder.Problem ?? Memories?.Problem;

    /// <summary>Whether more than a file is to be opened.</summary>
    internal bool IsElsewhere => Embedder.IsConfigured || _qdrant is not null;

    /// <summary>Opens what learners would else wait for.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => Memories?.OpenAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Counts replies that did without what is remembered.</summary>
    /// <param name="error">Why it could not be read; null: it came too late.</param>
    public void Missed(StoreException? error) => Interlocked.Increment(ref error is null ? ref _late : ref _unread);

    /// <summary>From now on failures are logged and counted.</summary>
    public void Report(ParleyMetrics metrics, ILogger<LearnerRecords> logger)
    {
        _logger = logger;
        metrics.ObserveMemory(() => Interlocked.Read(ref _late), () => Interlocked.Read(ref _unread));
    }

    public async ValueTask DisposeAsync()
    {
        Embedder.Dispose();
        _qdrant?.Dispose();
        if (_opened is { IsValueCreated: true, Value.Database: { } database }) { await database.DisposeAsync(); }
    }

    private Opened Open(LearnerStoreOptions options, TimeProvider time)
    {
        if (!options.Enabled) { return new Opened(); }
        try
        {
            var database = LearnerDatabase.Open(options, time, _logger);
            var store = new SqliteLearnerStore(database);
            var better = _qdrant is { } server ? new EmbeddedMemory(Embedder.Configured ?? CoachEmbedder.BuiltIn, (space, limit) => QdrantVectorMemory.OpenAsync(server, space, limit))
                : Embedder.Configured is { } embeddings ? new EmbeddedMemory(embeddings, Within) : null;
            var memories = new LearnerMemories(new EmbeddedMemory(CoachEmbedder.BuiltIn, Within), better, time);
            return new Opened
            {
                Database = database,
                Store = store,
                Memories = memories,
                Recall = new LearnerRecall(store, memories, time),
                Reviews = new ReviewDesk(store, new FsrsScheduler(), time),
            };

            ValueTask<IVectorMemory> Within(VectorSpace space, CancellationToken cancellationToken) => new(new SqliteVectorMemory(database, space, time));
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

        public LearnerMemories? Memories { get; init; }

        public LearnerRecall? Recall { get; init; }

        public ReviewDesk? Reviews { get; init; }

        public string? Problem { get; init; }
    }
}
