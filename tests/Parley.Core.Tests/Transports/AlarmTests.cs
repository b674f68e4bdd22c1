using Parley.Time;
using Parley.Transports;

namespace Parley.Core.Tests.Transports;

/// <summary>Waits that are made with one timer.</summary>
public sealed class AlarmTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public async Task WaitAsync_AgainAndAgain_EndsEachTimeWhenItIsTime()
    {
        using var alarm = new Alarm(_clock);
        for (var i = 0; i < 3; i++)
        {
            var wait = alarm.WaitAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken).AsTask();
            _clock.Advance(TimeSpan.FromMilliseconds(19));
            Assert.False(wait.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await wait;
        }
    }

    [Fact]
    public async Task WaitAsync_Cancelled_ThrowsAndCanBeUsedAgain()
    {
        using var alarm = new Alarm(_clock);
        using var stop = new CancellationTokenSource();
        var wait = alarm.WaitAsync(TimeSpan.FromSeconds(1), stop.Token).AsTask();

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        var next = alarm.WaitAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await next;
    }

    [Fact]
    public async Task WaitAsync_CancelledBefore_ThrowsAtOnce()
    {
        using var alarm = new Alarm(_clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alarm.WaitAsync(TimeSpan.FromSeconds(1), new CancellationToken(true)).AsTask());
    }
}
