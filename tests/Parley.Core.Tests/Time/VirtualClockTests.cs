using Parley.Time;


namespace Parley.Core.Tests.Time;

public sealed class VirtualClockTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public void Advance_TimersOutOfOrder_FireByDueTimeThenByOrderOfSetting()
    {
        var fired = new List<string>();
        Set("late", 30);
        Set("tie 1", 20);
        Set("tie 2", 20);
        Set("early", 10);

        _clock.Advance(TimeSpan.FromMilliseconds(30));

        Assert.Equal(["early@10", "tie 1@20", "tie 2@20", "late@30"], fired);

        void Set(string name, int due) => _clock.CreateTimer(
            _ => fired.Add($"{name}@{_clock.Elapsed.TotalMilliseconds}"), null, TimeSpan.FromMilliseconds(due), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Advance_CallbackSetsATimerDueWithin_FiresItToo()
    {
        var inner = TimeSpan.Zero;
        _clock.CreateTimer(
            _ => _clock.CreateTimer(_ => inner = _clock.Elapsed, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan),
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(2), inner);
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.Elapsed);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresUntilDisposed()
    {
        var count = 0;
        var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, count);

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, count);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public void GetTimestamp_AfterAdvance_AgreesWithElapsedTimeAndUtcNow()
    {
        var (stamp, now) = (_clock.GetTimestamp(), _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromMilliseconds(1234.5));

        Assert.Equal(TimeSpan.FromMilliseconds(1234.5), _clock.GetElapsedTime(stamp));
        Assert.Equal(TimeSpan.FromMilliseconds(1234.5), _clock.GetUtcNow() - now);
    }

    [Fact]
    public async Task Delay_ClockReachesIt_Completes()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(3), _clock, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await delay;
    }

    [Fact]
    public async Task WaitForTimersAsync_TimerSetByAnotherThread_Completes()
    {
        var waiting = _clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        var delays = Task.Run(() => Task.WhenAll(
            Task.Delay(TimeSpan.FromSeconds(1), _clock), Task.Delay(TimeSpan.FromSeconds(2), _clock)), TestContext.Current.CancellationToken);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(_clock.AdvanceToNextTimer());
        Assert.True(_clock.AdvanceToNextTimer());
        Assert.False(_clock.AdvanceToNextTimer());

        await delays.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Elapsed);
    }

    [Fact]
    public void Advance_Backwards_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
}
