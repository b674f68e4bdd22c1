using Parley.Recording;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;

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
    public void AddWindow_BesideOtherThings_IsWrittenLaterWithItsTimeAndWhatItCameBefore()
    {
        Judge(2);
        _timeline.Add(TimelineKinds.Received, "hello");
        Judge(1);
        _timeline.Add(TimelineKinds.Received, "again");
        Judge(1);
        _timeline.Seal();

        Assert.Equal([TimelineKinds.Received, TimelineKinds.Received, TimelineKinds.Windows], _stored.Select(e => e.Kind));
        var windows = Assert.IsType<RecordedWindows>(_stored[2].Data);
        Assert.Equal([0, 0.5f, 0, 0], windows.Probabilities);
        Assert.Equal([32, 64, 96, 128], windows.At.Select(t => t / TimeSpan.TicksPerMillisecond));
        Assert.Equal([1, 1, 2, 3], windows.Before!);
    }

    [Theory]
    [InlineData(TimelineKinds.TurnEnd)]
    [InlineData(TimelineKinds.Interruption)]
    [InlineData(TimelineKinds.Begin)]
    public void AddWindow_ThenWhatIsDecidedByIt_IsWrittenFirst(string kind)
    {
        Judge(2);
        _timeline.Add(kind);

        Assert.Equal([TimelineKinds.Windows, kind], _stored.Select(e => e.Kind));
    }

    [Fact]
    public void AddWindow_ThenSpeechIsAnnounced_IsWrittenFirst()
    {
        Judge(2);
        _timeline.AddSent(new VadEvent(VadEventKind.SpeechStart, 64));

        Assert.Equal([TimelineKinds.Windows, TimelineKinds.Sent], _stored.Select(e => e.Kind));
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
        _timeline.Add(TimelineKinds.TurnEnd);

        Assert.Equal([1, 2, 3], _stored.Select(e => e.Number));
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
