using Parley.Learning.Memory;
using Parley.Learning.Tests.Learners;
using Parley.Sqlite.Learners;
using Parley.Time;

namespace Parley.Learning.Tests.Memory;

public sealed class SqliteVectorMemoryTests : VectorMemoryContract, IAsyncDisposable
{
    private readonly LearnerFolder _folder = new();
    private readonly VirtualClock _clock = new();
    private readonly LearnerDatabase _database;
    private readonly SqliteVectorMemory _memory;

    public SqliteVectorMemoryTests()
    {
        _database = _folder.Open(_clock);
        _memory = new SqliteVectorMemory(_database, 3, _clock);
    }

    protected override IVectorMemory Memory => _memory;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Recall_AfterARestart_FindsWhatWasRemembered()
    {
        await _memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        await _database.DisposeAsync();
        await using var database = _folder.Open(_clock);
        Assert.Single(await new SqliteVectorMemory(database, 3, _clock).RecallAsync("li", new float[] { 1, 0, 0 }, 5, Cancelled));
    }

    [Fact]
    public async Task Recall_WithAnotherEmbedder_PassesOverWhatTheFirstLeft()
    {
        await _memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        Assert.Empty(await new SqliteVectorMemory(_database, 2, _clock).RecallAsync("li", new float[] { 1, 0 }, 5, Cancelled));
    }

    [Fact]
    public async Task Recall_MoreLearnersThanAreKeptAtHand_StillFindsEachOne()
    {
        for (var i = 0; i < 200; i++) { await _memory.AddAsync($"l{i}", [Thing($"m{i}", 1, i, 0)], Cancelled); }
        for (var i = 0; i < 200; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal($"m{i}", Assert.Single(await _memory.RecallAsync($"l{i}", new float[] { 1, 0, 0 }, 5, Cancelled)).Memory.Id);
        }
        Assert.Equal("m0", Assert.Single(await _memory.RecallAsync("l0", new float[] { 1, 0, 0 }, 5, Cancelled)).Memory.Id);
    }

    [Fact]
    public async Task Delete_Learner_TakesTheirMemoriesFromTheFile()
    {
        await _memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        Assert.True(await new SqliteLearnerStore(_database).DeleteAsync("li", Cancelled));
        Assert.Empty(await _memory.ListAsync("li", Cancelled));
    }
}
