using Parley.Learning.Memory;
using Parley.Learning.Tests.Learners;
using Parley.Sqlite.Learners;
using Parley.Time;

namespace Parley.Learning.Tests.Memory;

public sealed class SqliteVectorMemoryTests : VectorMemoryContract, IAsyncDisposable
{
    private static readonly VectorSpace s_space = new("test/three", 3);

    private readonly LearnerFolder _folder = new();
    private readonly VirtualClock _clock = new();
    private readonly LearnerDatabase _database;
    private readonly SqliteVectorMemory _memory;

    public SqliteVectorMemoryTests()
    {
        _database = _folder.Open(_clock);
        _memory = new SqliteVectorMemory(_database, s_space, _clock);
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
        Assert.Single(await new SqliteVectorMemory(database, s_space, _clock).RecallAsync("li", new float[] { 1, 0, 0 }, 5, Cancelled));
    }

    [Theory]
    [InlineData("test/three", 2)]
    [InlineData("test/other", 3)]
    public async Task Recall_InAnotherSpace_PassesOverWhatTheFirstLeft(string embedder, int dimensions)
    {
        await _memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        var other = new SqliteVectorMemory(_database, new VectorSpace(embedder, dimensions), _clock);
        Assert.Empty(await other.RecallAsync("li", new float[dimensions].Select(_ => 1f).ToArray(), 5, Cancelled));
        await other.ForgetAsync("li", Cancelled);
        Assert.Empty(await _memory.ListAsync("li", Cancelled));
    }

    [Fact]
    public async Task Open_DatabaseOfTheFirstVersion_KeepsItsMemories()
    {
        const string before = "CREATE TABLE memory_1 (learner INTEGER, id TEXT, kind TEXT, text TEXT, at TEXT, vector BLOB NOT NULL, PRIMARY KEY (learner, id)) STRICT";
        var lexical = new SqliteVectorMemory(_database, VectorSpace.Lexical, _clock);
        await lexical.AddAsync("li", [Thing("a") with { Vector = LexicalEmbeddings.Embed("a dog") }], Cancelled);
        await _database.WriteAsync(
            writer =>
            {
                foreach (var step in new[] { before, "INSERT INTO memory_1 SELECT learner, id, kind, text, at, vector FROM memory", "DROP TABLE memory", "DROP TABLE fact", "ALTER TABLE memory_1 RENAME TO memory", "PRAGMA user_version = 1" })
                {
                    using var command = writer.CreateCommand();
                    command.CommandText = step;
                    command.ExecuteNonQuery();
                }
            },
            Cancelled);
        await _database.DisposeAsync();
        await using var database = _folder.Open(_clock);
        Assert.Equal("a", Assert.Single(await new SqliteVectorMemory(database, VectorSpace.Lexical, _clock).RecallAsync("li", LexicalEmbeddings.Embed("dogs"), 1, Cancelled)).Memory.Id);
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
