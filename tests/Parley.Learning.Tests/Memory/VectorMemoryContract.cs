using Parley.Learning.Memory;

namespace Parley.Learning.Tests.Memory;

/// <summary>What every <see cref="IVectorMemory"/> must do. Vectors have three dimensions.</summary>
public abstract class VectorMemoryContract
{
    private static readonly DateTimeOffset s_begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The memory, empty.</summary>
    protected abstract IVectorMemory Memory { get; }

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recall_NothingRemembered_IsEmpty() => Assert.Empty(await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 5, Cancelled));

    [Fact]
    public async Task Recall_Thought_FindsTheNearestFirst()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0), Thing("b", 0, 1, 0), Thing("c", 1, 1, 0)], Cancelled);
        var found = await Memory.RecallAsync("li", new float[] { 2, 1, 0 }, 2, Cancelled);
        Assert.Equal(["c", "a"], found.Select(r => r.Memory.Id));
        Assert.Equal(3 / Math.Sqrt(10), found[0].Similarity, 1e-4);
        Assert.Equal(("about c", RememberedKind.Fact, s_begin), (found[0].Memory.Text, found[0].Memory.Kind, found[0].Memory.At));
    }

    [Fact]
    public async Task Recall_SomebodyElse_FindsNothingOfTheFirst()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        await Memory.AddAsync("bo", [Thing("b", 0, 1, 0)], Cancelled);
        Assert.Equal("b", Assert.Single(await Memory.RecallAsync("bo", new float[] { 1, 0, 0 }, 5, Cancelled)).Memory.Id);
    }

    [Fact]
    public async Task Add_AfterTheFirstRecall_IsRecalledToo()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, Cancelled);
        await Memory.AddAsync("li", [Thing("b", 0, 0, 1)], Cancelled);
        Assert.Equal("b", Assert.Single(await Memory.RecallAsync("li", new float[] { 0, 0, 3 }, 1, Cancelled)).Memory.Id);
    }

    [Fact]
    public async Task Add_SameIdAgain_ReplacesIt()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        await Memory.AddAsync("li", [Thing("a", 0, 1, 0) with { Text = "else" }], Cancelled);
        Assert.Equal("else", Assert.Single(await Memory.RecallAsync("li", new float[] { 0, 1, 0 }, 5, Cancelled)).Memory.Text);
    }

    [Fact]
    public async Task Forget_One_LeavesTheOthers()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0), Thing("b", 0, 1, 0)], Cancelled);
        await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, Cancelled);
        Assert.True(await Memory.ForgetAsync("li", "a", Cancelled));
        Assert.False(await Memory.ForgetAsync("li", "a", Cancelled));
        Assert.Equal("b", Assert.Single(await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 5, Cancelled)).Memory.Id);
    }

    [Fact]
    public async Task Forget_All_LeavesOtherLearners()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        await Memory.AddAsync("bo", [Thing("a", 1, 0, 0)], Cancelled);
        await Memory.ForgetAsync("li", Cancelled);
        Assert.Empty(await Memory.ListAsync("li", Cancelled));
        Assert.Empty(await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 5, Cancelled));
        Assert.Single(await Memory.ListAsync("bo", Cancelled));
    }

    [Fact]
    public async Task List_IsTheNewestFirst()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0), Thing("b", 0, 1, 0) with { At = s_begin.AddHours(1) }], Cancelled);
        Assert.Equal(["b", "a"], (await Memory.ListAsync("li", Cancelled)).Select(m => m.Id));
    }

    [Fact]
    public async Task Add_OtherDimensions_IsRefusedWhole()
    {
        var odd = Thing("b", 1, 0, 0) with { Vector = new float[] { 1, 0 } };
        await Assert.ThrowsAsync<ArgumentException>(async () => await Memory.AddAsync("li", [Thing("a", 1, 0, 0), odd], Cancelled));
        Assert.Empty(await Memory.ListAsync("li", Cancelled));
    }

    [Fact]
    public async Task Recall_NoDirection_IsRefused()
    {
        await Memory.AddAsync("li", [Thing("a", 1, 0, 0)], Cancelled);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Memory.RecallAsync("li", new float[3], 1, Cancelled));
    }

    [Fact]
    public async Task Recall_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Memory.RecallAsync("li", new float[] { 1, 0, 0 }, 1, cancelled.Token));
    }

    protected static Remembered Thing(string id, params float[] vector) => new(id, RememberedKind.Fact, $"about {id}", s_begin, vector);
}
