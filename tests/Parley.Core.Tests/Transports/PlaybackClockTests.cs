using Parley.Time;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Transports;

public sealed class PlaybackClockTests
{
    private const int Second = 16_000;

    private readonly VirtualClock _time = new();
    private readonly PlaybackClock _clock;

    public PlaybackClockTests()
    {
        _clock = new PlaybackClock(_time);
        _clock.Begin(1, Second);
        _clock.AddSent(1, Second);
    }

    [Fact]
    public void Position_NothingReported_FollowsTheClockAndIsEstimated()
    {
        Pass(300);

        Assert.Equal(Samples(300), _clock.Position);
        Assert.True(_clock.IsEstimated);
    }

    [Fact]
    public void Position_BeyondWhatWasSent_Waits()
    {
        Pass(5_000);

        Assert.Equal(Second, _clock.Position);
    }

    [Fact]
    public void Report_WhilePlaying_IsCarriedOn()
    {
        Pass(300);
        Assert.True(_clock.Report(Samples(200), PlaybackState.Playing));
        Pass(100);

        Assert.Equal(Samples(300), _clock.Position);
        Assert.False(_clock.IsEstimated);
    }

    [Fact]
    public void Report_OutOfOrder_ChangesNothing()
    {
        Pass(400);
        _clock.Report(Samples(400), PlaybackState.Playing);
        Pass(100);

        Assert.False(_clock.Report(Samples(200), PlaybackState.Stopped));
        Pass(100);

        Assert.Equal(Samples(600), _clock.Position);
    }

    [Fact]
    public void Report_BeyondWhatWasSent_IsClampedAndDoesNotOutweighTheNext()
    {
        Pass(100);
        Assert.False(_clock.Report(long.MaxValue, PlaybackState.Playing));
        Assert.Equal(Second, _clock.Position);

        Assert.True(_clock.Report(Samples(150), PlaybackState.Playing));

        Assert.Equal(Samples(150), _clock.Position);
    }

    [Fact]
    public void Report_LongAgo_IsNoLongerTrusted()
    {
        _clock.Report(0, PlaybackState.Playing);
        Pass(1_001);

        Assert.True(_clock.IsEstimated);
    }

    [Fact]
    public void Report_SentBeforeTheHoldCameThrough_DoesNotTakeTheListenerBack()
    {
        Pass(400);
        var held = _clock.Pause();

        Assert.True(_clock.Report(Samples(350), PlaybackState.Playing));

        Assert.Equal(held, _clock.Position);
    }

    [Fact]
    public void Report_StoppedWhileHeld_SaysWhereTheListenerReallyIs()
    {
        Pass(400);
        _clock.Pause();

        _clock.Report(Samples(380), PlaybackState.Stopped);
        Pass(500);

        Assert.Equal(Samples(380), _clock.Position);
        Assert.False(_clock.IsEstimated);
    }

    [Fact]
    public void Resume_ClientHadStoppedBecauseItWasHeld_RunsOn()
    {
        Pass(400);
        _clock.Pause();
        _clock.Report(Samples(380), PlaybackState.Stopped);

        Assert.Equal(Samples(380), _clock.Resume());
        Pass(100);

        Assert.Equal(Samples(480), _clock.Position);
    }

    [Fact]
    public void Report_StoppedAndNeverAgain_IsEstimatedAfterASecond()
    {
        Pass(400);
        _clock.Report(Samples(400), PlaybackState.Stopped);
        Pass(1_000);
        Assert.Equal(Samples(400), _clock.Position);

        Pass(300);

        Assert.Equal(Samples(700), _clock.Position);
        Assert.True(_clock.IsEstimated);
    }

    [Fact]
    public void Report_FinishedJustBeforeTheEnd_CountsAsTheEnd()
    {
        Pass(900);

        Assert.True(_clock.Report(Second - 20, PlaybackState.Finished));

        Assert.Equal(TimeSpan.Zero, _clock.Until(Second));
    }

    [Fact]
    public void AddSent_OfAnOlderGeneration_ChangesNothing()
    {
        _clock.Begin(2, Second);

        _clock.AddSent(1, 10 * Second);

        Assert.Equal(0, _clock.Sent);
    }

    private static long Samples(int milliseconds) => Second / 1000 * milliseconds;

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
