using Parley.Diagnostics;
using Parley.PocketSphinx.Asr;
using Parley.Time;

namespace Parley.Engines.Tests.PocketSphinx;

public sealed class DecoderPoolTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30), s_brief = TimeSpan.FromSeconds(0.5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RentAsync_SeveralWait_ServesTheShortestFirst()
    {
        using var pool = Pool(1);
        var held = await pool.RentAsync(s_brief, s_long, Cancel);
        var large = pool.RentAsync(TimeSpan.FromSeconds(9), s_long, Cancel);
        var small = pool.RentAsync(TimeSpan.FromSeconds(1), s_long, Cancel);
        held.Dispose();

        using (await small.WaitAsync(s_long, Cancel)) { Assert.False(large.IsCompleted); }
        using (await large.WaitAsync(s_long, Cancel)) { Assert.Equal(0, pool.Free); }
        Assert.Equal(1, pool.Free);
    }

    [Fact]
    public async Task RentAsync_ShortOnesComeOnAndOn_TheLongOneHasItsTurn()
    {
        var clock = new VirtualClock();
        using var pool = new DecoderPool<Thing>(1, () => new Thing(), _ => false, clock);
        var held = await pool.RentAsync(s_brief, s_long, Cancel);
        var large = pool.RentAsync(TimeSpan.FromMinutes(1), s_long, Cancel);

        var passed = 0;
        while (!large.IsCompleted)
        {
            var small = pool.RentAsync(s_brief, s_long, Cancel);
            held.Dispose();
            held = await (await Task.WhenAny(small, large));
            clock.Advance(s_brief);
            if (!large.IsCompleted)
            {
                passed++;
                continue;
            }
            held.Dispose();
            (await small).Dispose();
        }

        Assert.Equal(3, passed);
    }

    [Fact]
    public async Task RentAsync_NothingComesFree_FailsAsTransient()
    {
        using var pool = Pool(1);
        using var held = await pool.RentAsync(s_brief, s_long, Cancel);

        var fault = await Assert.ThrowsAsync<VoiceException>(() => pool.RentAsync(s_brief, TimeSpan.FromMilliseconds(1), Cancel));
        Assert.True(fault.IsTransient);
        Assert.Equal(VoiceStage.Asr, fault.Stage);
    }

    [Fact]
    public async Task RentAsync_Cancelled_ThrowsAndTakesNothing()
    {
        using var pool = Pool(1);
        using var cancel = new CancellationTokenSource();
        var held = await pool.RentAsync(s_brief, s_long, Cancel);
        var waiting = pool.RentAsync(s_brief, s_long, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Dispose();
        Assert.Equal(1, pool.Free);
    }

    [Fact]
    public async Task RentAsync_PartialsHoldTheLast_AsksThemToGiveWay()
    {
        using var pool = Pool(1);
        DecoderPool<Thing>.Lease? live = null;
        live = pool.TryRent(() => live!.Dispose());

        using var lease = await pool.RentAsync(s_brief, s_long, Cancel);
        Assert.Null(pool.TryRent(() => { }));
    }

    [Fact]
    public async Task Dispose_Lease_TwiceReturnsItOnce()
    {
        using var pool = Pool(2);
        var lease = await pool.RentAsync(s_brief, s_long, Cancel);
        lease.Dispose();
        lease.Dispose();

        Assert.Equal(2, pool.Free);
    }

    [Fact]
    public async Task Dispose_Worn_IsReplaced()
    {
        using var pool = new DecoderPool<Thing>(1, () => new Thing(), thing => thing.Worn, TimeProvider.System);
        var lease = await pool.RentAsync(s_brief, s_long, Cancel);
        var first = lease.Item;
        first.Worn = true;
        lease.Dispose();

        Assert.True(first.Disposed);
        using var next = await pool.RentAsync(s_brief, s_long, Cancel);
        Assert.NotSame(first, next.Item);
    }

    [Fact]
    public async Task Dispose_WhileRented_DisposesItWhenItComesBack()
    {
        var pool = Pool(1);
        var lease = await pool.RentAsync(s_brief, s_long, Cancel);
        pool.Dispose();
        Assert.False(lease.Item.Disposed);
        lease.Dispose();

        Assert.True(lease.Item.Disposed);
    }

    private static DecoderPool<Thing> Pool(int size) => new(size, () => new Thing(), _ => false, TimeProvider.System);

    internal sealed class Thing : IDisposable
    {
        public bool Worn { get; set; }

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
