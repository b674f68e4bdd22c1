using System.Runtime.CompilerServices;
using Parley.Time;

namespace Parley.Core.Tests.Time;

/// <summary>Async methods that run once a frame.</summary>
public sealed class InPlaceMethodBuilderTests
{
    private static readonly AsyncLocal<string?> s_ambient = new();

    private readonly Signal _signal = new();
    private readonly QueuedContext _context = new();

    [Fact]
    public async Task Call_NothingToWaitFor_HasItsResultAtOnce()
    {
        var call = DoubleAsync(21, wait: false);

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(42, await call);
    }

    [Fact]
    public async Task Call_Waits_ResultComesWithTheSignal()
    {
        _signal.Reset();
        var call = DoubleAsync(21, wait: true);
        Assert.False(call.IsCompleted);

        _signal.Set();

        Assert.Equal(42, await call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_Throws_CallerGetsIt(bool wait)
    {
        _signal.Reset();
        var call = FailAsync(wait, new FormatException("bad"));
        _signal.Set();

        Assert.True(call.IsFaulted);
        Assert.Equal("bad", (await Assert.ThrowsAsync<FormatException>(async () => await call)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_IsCancelled_IsNoFailure(bool wait)
    {
        _signal.Reset();
        var call = FailAsync(wait, new OperationCanceledException());
        _signal.Set();

        Assert.True(call.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
    }

    [Fact]
    public void Call_ThreeDeepInAContext_EndsThereWithoutAPost()
    {
        var result = 0;
        _context.Run(async () => result = await OuterAsync());

        _context.Run(_signal.Set);

        Assert.Equal(42, result);
        Assert.Equal(0, _context.RunAll());
    }

    [Fact]
    public void Call_EndsOutsideOfItsContext_CallerIsPostedToItOnce()
    {
        var result = 0;
        _context.Run(async () => result = await OuterAsync());

        _signal.Set();
        Assert.Equal(0, result);

        Assert.Equal(1, _context.RunAll());
        Assert.Equal(42, result);
    }

    [Fact]
    public async Task Call_SetsAnAmbientValue_ItsCallerKeepsItsOwnAndItKeepsIts()
    {
        s_ambient.Value = "caller";
        _signal.Reset();
        var call = AmbientAsync();
        Assert.Equal("caller", s_ambient.Value);

        s_ambient.Value = "later";
        _signal.Set();

        Assert.Equal("call", await call);
        Assert.Equal("later", s_ambient.Value);
    }

    [Fact]
    public void Call_AgainAndAgain_AllocatesNothing()
    {
        long allocated = 0, sum = 0;
        _context.Run(() =>
        {
            for (var i = 0; i < 100; i++) { CallAndCollect(); }
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++) { CallAndCollect(); }
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.Equal(0, allocated);
        Assert.Equal(2_200, sum);

        void CallAndCollect()
        {
            _signal.Reset();
            var call = DoubleAsync(i: 1, wait: true);
            _signal.Set();
            sum += call.GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task Call_OnManyThreads_EachGetsItsOwnResult()
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var sum = 0;
            for (var i = 0; i < 2_000; i++) { sum += await HopAsync(n); }
            return sum;
        })));

        Assert.Equal(Enumerable.Range(0, 8).Select(n => n * 2_000), sums);
    }

    [Fact]
    public void Result_BeforeItIsThere_IsRefused()
    {
        _signal.Reset();
        var call = DoubleAsync(1, wait: true);

        Assert.Throws<InvalidOperationException>(() => call.GetAwaiter().GetResult());
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<int> DoubleAsync(int i, bool wait)
    {
        if (wait) { await _signal.WaitAsync(); }
        return 2 * i;
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]
    private async ValueTask FailAsync(bool wait, Exception exception)
    {
        if (wait) { await _signal.WaitAsync(); }
        throw exception;
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<int> OuterAsync()
    {
        _signal.Reset();
        return await MiddleAsync();
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<int> MiddleAsync() => await DoubleAsync(21, wait: true);

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<string?> AmbientAsync()
    {
        s_ambient.Value = "call";
        await _signal.WaitAsync();
        return s_ambient.Value;
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private static async ValueTask<int> HopAsync(int value)
    {
        await Task.Yield();
        return value;
    }
}
