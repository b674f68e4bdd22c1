using Parley.Time;

namespace Parley.Core.Tests.Time;

/// <summary>A wait that is used again: what follows runs in the waiter's context, once for each time it was set.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task Wait_SetBefore_DoesNotWait()
    {
        var signal = new Signal();
        for (var i = 0; i < 3; i++)
        {
            signal.Reset();
            signal.Set();
            await signal.WaitAsync();
        }
        Assert.Equal(3, signal.Version);
    }

    [Fact]
    public async Task Wait_Fails_Throws()
    {
        var signal = new Signal();
        signal.Reset();
        var waiting = signal.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);

        signal.Fail(new InvalidDataException());

        await Assert.ThrowsAsync<InvalidDataException>(() => waiting);
        signal.Reset();
        signal.Set();
        await signal.WaitAsync();
    }

    [Fact]
    public async Task Wait_SetFromElsewhere_GoesOnInItsContext()
    {
        var (signal, context) = (new Signal(), new QueuedContext());
        Task? waiting = null;
        context.Run(() => waiting = WaitAsync(signal));

        signal.Set();

        Assert.False(waiting!.IsCompleted);
        Assert.Equal(1, context.RunAll());
        await waiting;
    }

    [Fact]
    public void Wait_SetInItsContext_GoesOnAtOnce()
    {
        var (signal, context) = (new Signal(), new QueuedContext());
        Task? waiting = null;
        context.Run(() => waiting = WaitAsync(signal));

        context.Run(signal.Set);

        Assert.True(waiting!.IsCompletedSuccessfully);
        Assert.Equal(0, context.RunAll());
    }

    [Fact]
    public void Result_OfAWaitBefore_IsRefused()
    {
        var signal = new Signal();
        signal.Reset();
        var old = signal.Version;
        signal.Reset();

        Assert.Throws<InvalidOperationException>(() => signal.GetStatus(old));
        Assert.Throws<InvalidOperationException>(() => signal.GetResult(signal.Version));
    }

    [Fact]
    public async Task Wait_SetByAnotherThreadAtTheSameTime_AlwaysEnds()
    {
        var signal = new Signal { UsesPool = true };
        for (var i = 0; i < 20_000; i++)
        {
            signal.Reset();
            ThreadPool.UnsafeQueueUserWorkItem(static s => s.Set(), signal, preferLocal: false);
            await signal.WaitAsync();
        }
        Assert.Equal(20_000, signal.Version);
    }

    [Fact]
    public async Task Wait_AgainAndAgain_AllocatesNothing()
    {
        var signal = new Signal();
        async Task<long> LoopAsync()
        {
            var before = 0L;
            for (var i = 0; i < 200; i++)
            {
                if (i == 100) { before = GC.GetAllocatedBytesForCurrentThread(); }
                signal.Reset();
                await signal.WaitAsync();
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var looping = LoopAsync();
        for (var i = 0; i < 200; i++) { signal.Set(); }

        Assert.Equal(0, await looping);
    }

    private static async Task WaitAsync(Signal signal)
    {
        signal.Reset();
        await signal.WaitAsync();
    }
}
