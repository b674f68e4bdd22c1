using System.Collections.Concurrent;
using Parley.Server.Threading;
using Parley.Testing.Transports;
using Parley.Time;

namespace Parley.Server.Tests.Threading;

/// <summary>All that a session does runs on one thread, its timers too; whoever takes long is elsewhere.</summary>
public sealed class SessionLoopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_WaitsOnThreadsOfThePool_GoesOnOnItsOwn()
    {
        using var loops = new SessionLoops(1, TimeProvider.System);
        var threads = new ConcurrentBag<string?>();

        await Bounded(loops.RunAsync(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                threads.Add(Thread.CurrentThread.Name);
                await Task.Run(static () => Assert.True(Thread.CurrentThread.IsThreadPoolThread), Cancellation);
                threads.Add(Thread.CurrentThread.Name);
                await SessionLoops.Aside(static () => { Assert.True(Thread.CurrentThread.IsThreadPoolThread); return Task.CompletedTask; });
            }
        }));

        Assert.Equal(40, threads.Count);
        Assert.All(threads, t => Assert.Equal("sessions 0", t));
    }

    [Fact]
    public async Task AtLine_OfASession_GoesOnWhereItsWaitEndsAndLeavesTheSessionItsThread()
    {
        using var loops = new SessionLoops(1, TimeProvider.System);
        var came = new TaskCompletionSource();
        (string? Before, string? After, string? Session) threads = default;

        await Bounded(loops.RunAsync(async () =>
        {
            var reading = SessionLoops.AtLine(async () =>
            {
                threads.Before = Thread.CurrentThread.Name;
                await came.Task;
                threads.After = Thread.CurrentThread.Name;
            });
            new Thread(came.SetResult) { Name = "socket", IsBackground = true }.Start();
            await reading;
            threads.Session = Thread.CurrentThread.Name;
        }));

        Assert.Equal(("sessions 0", "socket", "sessions 0"), threads);
    }

    [Fact]
    public async Task Timer_SetByASession_RingsOnItsThread()
    {
        using var loops = new SessionLoops(1, TimeProvider.System);
        string? rang = null;

        await Bounded(loops.RunAsync(async () =>
        {
            var done = new TaskCompletionSource();
            await using var timer = loops.Time.CreateTimer(_ => { rang = Thread.CurrentThread.Name; done.TrySetResult(); }, null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
            await done.Task;
            await Task.Delay(TimeSpan.FromMilliseconds(1), loops.Time, Cancellation);
        }));

        Assert.Equal("sessions 0", rang);
    }

    [Fact]
    public async Task Timer_SetFromOutsideWhileTheLoopSleeps_WakesIt()
    {
        using var loop = new SessionLoop("loop", TimeProvider.System);
        var late = new TaskCompletionSource<string?>();
        using var far = loop.CreateTimer(static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        using var near = loop.CreateTimer(_ => late.SetResult(Thread.CurrentThread.Name), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

        Assert.Equal("loop", await late.Task.WaitAsync(ConverseClient.Patience, Cancellation));
    }

    [Fact]
    public async Task Session_Blocks_ThoseOnOtherThreadsGoOn()
    {
        using var loops = new SessionLoops(2, TimeProvider.System);
        using var gate = new ManualResetEventSlim();
        var blocked = loops.RunAsync(() => { gate.Wait(ConverseClient.Patience); return Task.CompletedTask; });

        await Bounded(loops.RunAsync(static async () => await Task.Yield()));

        Assert.False(blocked.IsCompleted);
        gate.Set();
        await Bounded(blocked);
    }

    [Fact]
    public async Task Session_Throws_CallerHearsOfItAndTheLoopGoesOn()
    {
        using var loops = new SessionLoops(1, TimeProvider.System);

        await Assert.ThrowsAsync<InvalidDataException>(() => Bounded(loops.RunAsync(static async () => { await Task.Yield(); throw new InvalidDataException(); })));

        await Bounded(loops.RunAsync(static async () => await Task.Yield()));
    }

    [Fact]
    public async Task Run_LoopHasStopped_Throws()
    {
        var loop = new SessionLoop("loop", TimeProvider.System);
        loop.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.RunAsync(static () => Task.CompletedTask));
    }

    [Fact]
    public void Time_ClockIsNotTheSystems_KeepsItsOwnTimers()
    {
        var clock = new VirtualClock();
        using var loops = new SessionLoops(1, clock);

        Assert.Same(clock, loops.Time);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Timers_SetChangedAndDisposedAtRandom_RingOnTimeAndInOrder(int seed)
    {
        var (random, clock) = (new Random(seed), new VirtualClock());
        var timers = new LoopTimers(clock, static () => { });
        var (due, rang) = (new Dictionary<int, TimeSpan>(), new List<(int Timer, TimeSpan At)>());
        var all = Enumerable.Range(0, 200).Select(i => new LoopTimer(timers, _ => rang.Add((i, clock.Elapsed)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)).ToArray();

        for (var step = 0; step < 2_000; step++)
        {
            var i = random.Next(all.Length);
            if (random.Next(4) == 0)
            {
                all[i].Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                due.Remove(i);
            }
            else
            {
                due[i] = clock.Elapsed + TimeSpan.FromMilliseconds(random.Next(1, 300));
                all[i].Change(due[i] - clock.Elapsed, Timeout.InfiniteTimeSpan);
            }
            if (random.Next(3) > 0) { continue; }
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(20)));
            rang.Clear();
            timers.RingDue();
            var expected = due.Where(d => d.Value <= clock.Elapsed).OrderBy(d => d.Value).ToList();
            Assert.Equal(expected.Select(e => e.Value), rang.Select(r => due[r.Timer]));
            Assert.Equal(expected.Select(e => e.Key).Order(), rang.Select(r => r.Timer).Order());
            foreach (var (timer, _) in expected) { due.Remove(timer); }
            Assert.Equal(due.Count == 0 ? Timeout.InfiniteTimeSpan : due.Values.Min() - clock.Elapsed, timers.UntilNext);
        }
        foreach (var timer in all) { timer.Dispose(); }
        Assert.Equal(Timeout.InfiniteTimeSpan, timers.UntilNext);
        Assert.False(all[0].Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Timer_HasAPeriod_RingsAgainAndAgainUntilItIsDisposed()
    {
        var clock = new VirtualClock();
        var (timers, rings) = (new LoopTimers(clock, static () => { }), 0);
        var timer = new LoopTimer(timers, _ => rings++, null, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));

        for (var i = 0; i < 50; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            timers.RingDue();
        }
        Assert.Equal(3, rings);

        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(1));
        timers.RingDue();
        Assert.Equal(3, rings);
    }

    private static Task Bounded(Task task) => task.WaitAsync(ConverseClient.Patience, Cancellation);
}
