using Parley.Learning.Memory;
using Parley.Learning.Tests.Learners;
using Parley.Sqlite.Learners;
using Parley.Testing;
using Parley.Time;
using Parley.Timeline;

namespace Parley.Learning.Tests.Memory;

public sealed class LearnerMemoriesTests : IAsyncDisposable
{
    private readonly LearnerFolder _folder = new();
    private readonly VirtualClock _clock = new();
    private readonly MeaningEmbeddings _embedder = new();
    private readonly LearnerDatabase _database;

    public LearnerMemoriesTests() => _database = _folder.Open(_clock);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _embedder.Dispose();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Recall_BetterEmbedder_FindsWhatSharesNoWord()
    {
        var memories = Open();
        await SayAsync(memories, "I have a small dog.", "My train was late.");
        Assert.Equal("I have a small dog.", (await memories.RecallAsync("li", "Is a puppy much work?", 1, Cancelled))[0].Memory.Text);
        Assert.Null(memories.Problem);
    }

    [Fact]
    public async Task Recall_DeadEmbedder_GoesByWordsAndSaysSo()
    {
        var memories = Open();
        await SayAsync(memories, "I have a small dog.", "My train was late.");
        _embedder.Failure = MeaningEmbeddings.Dead();
        Assert.Equal("My train was late.", (await memories.RecallAsync("li", "The train again!", 1, Cancelled))[0].Memory.Text);
        Assert.Contains("Nobody is there", memories.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recall_EmbedderThatDoesNotAnswer_GoesByWordsInTime()
    {
        var memories = Open();
        await SayAsync(memories, "My train was late.");
        _embedder.IsStuck = true;
        var recall = memories.RecallAsync("li", "The train again!", 1, Cancelled);
        Assert.False(recall.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Single(await recall);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => memories.Problem is not null, () => "The memory that does not answer is not named.");
    }

    [Fact]
    public async Task Add_AfterAnOutage_GivesTheBetterMemoryWhatItMissed()
    {
        var memories = Open();
        _embedder.Failure = MeaningEmbeddings.Dead();
        await SayAsync(memories, "I have a small dog.");
        Assert.NotNull(memories.Problem);
        _embedder.Failure = null;
        await SayAsync(memories, "My train was late.");
        Assert.Null(memories.Problem);
        Assert.Equal("I have a small dog.", (await memories.RecallAsync("li", "Is a puppy much work?", 1, Cancelled))[0].Memory.Text);
    }

    [Fact]
    public async Task Add_WithAnotherEmbedder_BuildsItsMemoryAnew()
    {
        await SayAsync(Open(), "I have a small dog.");
        _embedder.Dimensions = 4;
        var memories = Open();
        Assert.Equal("I have a small dog.", (await memories.RecallAsync("li", "A small question.", 1, Cancelled))[0].Memory.Text);
        await SayAsync(memories, "My train was late.");
        Assert.Equal("I have a small dog.", (await memories.RecallAsync("li", "Is a puppy much work?", 1, Cancelled))[0].Memory.Text);
    }

    [Fact]
    public async Task Recall_EmbedderThatChangesWhileItRuns_IsFollowed()
    {
        var memories = Open();
        await SayAsync(memories, "I have a small dog.");
        _embedder.Dimensions = 5;
        Assert.Single(await memories.RecallAsync("li", "A dog?", 1, Cancelled));
        Assert.NotNull(memories.Problem);
        await SayAsync(memories, "My train was late.");
        Assert.Null(memories.Problem);
    }

    [Fact]
    public async Task Forget_All_LeavesNothingInEitherMemory()
    {
        var memories = Open();
        await SayAsync(memories, "I have a small dog.");
        await memories.ForgetAsync("li", Cancelled);
        Assert.Empty(await memories.ListAsync("li", Cancelled));
        Assert.Empty(await memories.RecallAsync("li", "dog", 1, Cancelled));
        Assert.Empty(_database.Read("SELECT id FROM memory", row => row.GetString(0)));
    }

    [Fact]
    public async Task Forget_One_ForgetsItInBoth()
    {
        var memories = Open();
        await SayAsync(memories, "I have a small dog.", "I have a cat.");
        Assert.True(await memories.ForgetAsync("li", "m0", Cancelled));
        Assert.False(await memories.ForgetAsync("li", "m0", Cancelled));
        Assert.Equal("I have a cat.", Assert.Single(await memories.RecallAsync("li", "puppy", 5, Cancelled)).Memory.Text);
    }

    [Fact]
    public async Task Forget_EmbedderIsDeadSinceTheStart_SaysThatNothingIsForgotten()
    {
        _embedder.Failure = MeaningEmbeddings.Dead();
        var memories = Open();
        await SayAsync(memories, "I have a small dog.");
        await Assert.ThrowsAsync<StoreException>(() => memories.ForgetAsync("li", Cancelled));
        Assert.Single(await memories.ListAsync("li", Cancelled));
    }

    [Fact]
    public async Task Add_NoWords_IsPassedOver()
    {
        var memories = Open();
        await SayAsync(memories, "…");
        Assert.Empty(await memories.ListAsync("li", Cancelled));
        Assert.Empty(await memories.RecallAsync("li", "…", 1, Cancelled));
    }

    private LearnerMemories Open() => new(new EmbeddedMemory(new LexicalEmbeddings(), Within), new EmbeddedMemory(_embedder, Within), _clock);

    private ValueTask<IVectorMemory> Within(VectorSpace space, CancellationToken cancellationToken) => new(new SqliteVectorMemory(_database, space, _clock));

    private Task SayAsync(LearnerMemories memories, params string[] texts) =>
        memories.AddAsync("li", [.. texts.Select((text, i) => new Remembered(texts.Length > 1 ? $"m{i}" : text, RememberedKind.Talk, text, _clock.GetUtcNow()))], Cancelled);
}
