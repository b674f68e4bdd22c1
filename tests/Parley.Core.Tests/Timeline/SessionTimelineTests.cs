using Parley.Recording;
using Parley.Time;
using Parley.Timeline;

namespace Parley.Core.Tests.Timeline;

/// <summary>What a session's record holds, and in which order.</summary>
public sealed class SessionTimelineTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<TimelineEntry> _stored = [];
    private readonly SessionTimeline _timeline;

    public SessionTimelineTests()
    {
        _timeline = new SessionTimeline(_clock);
        _timeline.StoreIn(_stored.Add);
    }

    [Fact]
    public void AddWindow_ThenSomethingElse_WindowsComeBeforeItWithTheirTimes()
    {
        Judge(2);
        _timeline.Add(TimelineKinds.Received, "hello");

        Assert.Equal([TimelineKinds.Windows, TimelineKinds.Received], _stored.Select(e => e.Kind));
        var windows = Assert.IsType<RecordedWindows>(_stored[0].Data);
        Assert.Equal([0, 0.5f], windows.Probabilities);
        Assert.Equal([TimeSpan.FromMilliseconds(32).Ticks, TimeSpan.FromMilliseconds(64).Ticks], windows.At);
    }

    [Fact]
    public void AddWindow_MoreThanASecond_IsWrittenOnceASecond()
    {
        Judge(70);

        Assert.Equal([32, 32], _stored.Select(e => ((RecordedWindows)e.Data!).At.Length));
    }

    [Fact]
    public void AddWindow_OfAnotherLength_BeginsAnotherEntry()
    {
        Judge(1);
        _timeline.AddWindow(0, 256);
        _timeline.Seal();

        Assert.Equal([512, 256], _stored.Select(e => ((RecordedWindows)e.Data!).Samples));
    }

    [Fact]
    public void Seal_WindowsWaiting_WritesThem()
    {
        Judge(3);

        _timeline.Seal();

        Assert.Equal(3, ((RecordedWindows)Assert.Single(_stored).Data!).At.Length);
    }

    [Fact]
    public void Add_BesideWindows_NumbersWithoutAGap()
    {
        Judge(1);
        _timeline.Add(TimelineKinds.Received);
        Judge(1);
        _timeline.Add(TimelineKinds.Received);

        Assert.Equal([1, 2, 3, 4], _stored.Select(e => e.Number));
    }

    private void Judge(int windows)
    {
        for (var i = 0; i < windows; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(32));
            _timeline.AddWindow(i * 0.5f, 512);
        }
    }
}
