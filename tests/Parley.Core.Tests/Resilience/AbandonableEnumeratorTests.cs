using System.Threading.Tasks.Sources;
using Parley.Resilience.Chains;

namespace Parley.Core.Tests.Resilience;

public sealed class AbandonableEnumeratorTests : IAsyncDisposable
{
    private readonly SlowItems _slow = new();
    private readonly AbandonableEnumerator<int> _items;

    public AbandonableEnumeratorTests()
    {
        // Nothing is posted: each continuation runs where the result comes.
        SynchronizationContext.SetSynchronizationContext(null);
        _items = new AbandonableEnumerator<int>(_slow);
    }

    public ValueTask DisposeAsync() => _items.DisposeAsync();

    [Fact]
    public async Task MoveNextAsync_ResultComesLater_GivesIt()
    {
        Assert.True(await MoveAsync(5));
        Assert.Equal(5, _items.Current);
        Assert.False(await MoveAsync(null));
    }

    [Fact]
    public async Task MoveNextAsync_EngineFails_ThrowsWhatItThrew()
    {
        var move = _items.MoveNextAsync();
        _slow.Fail(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(async () => await move);
    }

    [Fact]
    public async Task MoveNextAsync_ResultsComeLater_AllocatesNothing()
    {
        await MoveAsync(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { await MoveAsync(i); }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Abandon_WhileItMoves_EndsTheWaitAndDisposesWhenTheMoveEnds()
    {
        var move = _items.MoveNextAsync();

        _items.Abandon();
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await move);
        await _items.DisposeAsync();
        Assert.False(_slow.IsDisposed);

        _slow.Complete(1);
        Assert.True(_slow.IsDisposed);
    }

    [Fact]
    public async Task Abandon_WhileNothingMoves_DoesNothing()
    {
        await MoveAsync(1);
        _items.Abandon();

        Assert.True(await MoveAsync(2));
        await _items.DisposeAsync();
        Assert.True(_slow.IsDisposed);
    }

    private async ValueTask<bool> MoveAsync(int? next)
    {
        var move = _items.MoveNextAsync();
        _slow.Complete(next);
        return await move;
    }

    /// <summary>Every result comes when the test says so.</summary>
    private sealed class SlowItems : IAsyncEnumerator<int>, IValueTaskSource<bool>
    {
        private ManualResetValueTaskSourceCore<bool> _next;

        public int Current { get; private set; }

        public bool IsDisposed { get; private set; }

        public ValueTask<bool> MoveNextAsync()
        {
            _next.Reset();
            return new(this, _next.Version);
        }

        public void Complete(int? item)
        {
            Current = item ?? 0;
            _next.SetResult(item is not null);
        }

        public void Fail(Exception failure) => _next.SetException(failure);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }

        public bool GetResult(short token) => _next.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _next.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _next.OnCompleted(continuation, state, token, flags);
    }
}
