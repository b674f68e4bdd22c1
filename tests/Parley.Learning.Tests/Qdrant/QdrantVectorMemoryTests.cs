using Parley.Learning.Memory;
using Parley.Learning.Tests.Memory;
using Parley.Qdrant.Http;
using Parley.Qdrant.Learners;
using Parley.Time;
using Parley.Timeline;

namespace Parley.Learning.Tests.Qdrant;

public sealed class QdrantVectorMemoryTests : VectorMemoryContract, IAsyncLifetime
{
    private const string Collection = "parley-learners.test_three.3";

    private static readonly VectorSpace s_space = new("test/three", 3);

    private readonly VirtualClock _clock = new();
    private QdrantDouble? _qdrant;
    private QdrantServer? _server;
    private IVectorMemory? _memory;

    protected override IVectorMemory Memory => _memory!;

    private QdrantDouble Double => _qdrant!;

    public async ValueTask InitializeAsync()
    {
        _qdrant = await QdrantDouble.StartAsync();
        _server = new QdrantServer(Options(), TimeProvider.System);
        _memory = await QdrantVectorMemory.OpenAsync(_server, s_space, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        var refused = _qdrant?.Refused.ToArray() ?? [];
        _server?.Dispose();
        if (_qdrant is not null) { await _qdrant.DisposeAsync(); }
        Assert.Empty(refused);
    }

    [Fact]
    public async Task Open_NewServer_MakesTheCollectionWithItsIndexOnce()
    {
        Assert.Equal([Collection], Double.Collections);
        Assert.Equal("keyword", Double.IndexOf(Collection));
        await QdrantVectorMemory.OpenAsync(_server!, s_space, Cancelled);
        Assert.Single(Double.Calls, call => call == $"PUT /collections/{Collection}");
    }

    [Fact]
    public async Task Add_MoreThanABatch_IsSentInSeveralCalls()
    {
        await Memory.AddAsync("li", [.. Enumerable.Range(1, 600).Select(i => Thing($"m{i}", 1, i, 0))], Cancelled);
        Assert.Equal(600, Double.Count(Collection));
        Assert.Equal(10, Double.Calls.Count(call => call.Contains("/points?", StringComparison.Ordinal)));
        Assert.Equal(600, (await Memory.ListAsync("li", Cancelled)).Count);
    }

    [Fact]
    public async Task Add_ServerIsBusyForAMoment_IsTriedAgain()
    {
        Double.Failures.Enqueue(503);
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        Assert.Equal(1, Double.Count(Collection));
    }

    [Fact]
    public async Task Forget_Learner_IsForgottenInTheCollectionsOfAllEmbedders()
    {
        var other = await QdrantVectorMemory.OpenAsync(_server!, new VectorSpace("test/other", 2), Cancelled);
        await other.AddAsync("li", [Thing("a", 1, 0)], Cancelled);
        await Memory.ForgetAsync("li", Cancelled);
        Assert.Empty(await other.ListAsync("li", Cancelled));
        await other.AddAsync("li", [Thing("a", 1, 0)], Cancelled);
        Assert.True(await Memory.ForgetAsync("li", "a", Cancelled));
        Assert.Empty(await other.ListAsync("li", Cancelled));
    }

    [Fact]
    public async Task Add_CollectionWasDeleted_SaysSoAndMakesItAnew()
    {
        Double.Drop(Collection);
        await Assert.ThrowsAsync<StoreException>(async () => await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled));
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        Assert.Single(await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, Cancelled));
    }

    [Fact]
    public async Task Open_WrongKey_NamesTheSetting()
    {
        using var server = new QdrantServer(Options(key: "wrong"), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<StoreException>(async () => await QdrantVectorMemory.OpenAsync(server, s_space, Cancelled));
        Assert.Contains("Parley:Qdrant:ApiKey", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recall_ServerKeepsFailing_IsLeftAloneForAWhile()
    {
        using var server = new QdrantServer(Options(retries: 0), _clock);
        var memory = await QdrantVectorMemory.OpenAsync(server, s_space, Cancelled);
        for (var i = 0; i < 6; i++) { Double.Failures.Enqueue(500); }
        for (var i = 0; i < 10; i++) { await Assert.ThrowsAsync<StoreException>(RecallAsync); }
        var asked = Double.Calls.Count;
        await Assert.ThrowsAsync<StoreException>(RecallAsync);
        Assert.Equal(asked, Double.Calls.Count);
        Double.Failures.Clear();
        _clock.Advance(server.Options.Rest);
        Assert.Empty(await memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, Cancelled));

        async Task RecallAsync() => await memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, Cancelled);
    }

    [Fact]
    public async Task Recall_NoAnswer_FailsInTime()
    {
        using var server = new QdrantServer(Options(retries: 0), _clock);
        var memory = await QdrantVectorMemory.OpenAsync(server, s_space, Cancelled);
        Double.IsStuck = true;
        var recall = memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, Cancelled).AsTask();
        _clock.Advance(server.Options.Timeout);
        await Assert.ThrowsAsync<StoreException>(() => recall);
    }

    [Fact]
    public async Task Open_NobodyIsThere_Fails()
    {
        using var server = new QdrantServer(new QdrantOptions { Url = new Uri("http://127.0.0.1:9"), Retries = 0 }, TimeProvider.System);
        await Assert.ThrowsAsync<StoreException>(async () => await QdrantVectorMemory.OpenAsync(server, s_space, Cancelled));
    }

    private QdrantOptions Options(string? key = null, int retries = 2) => new() { Url = Double.Url, ApiKey = key ?? QdrantDouble.ApiKey, Retries = retries };
}
