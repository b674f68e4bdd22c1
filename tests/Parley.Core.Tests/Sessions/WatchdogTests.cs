using System.Diagnostics.Metrics;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>A session that hangs is got going again, and it is counted.</summary>
public sealed class WatchdogTests : IDisposable
{
    private readonly List<string> _stalls = [];
    private readonly MeterListener _listener = new();
    private ParleyMetrics? _metrics;

    [Fact]
    public void Listening_NoAudioComes_TheTurnEndsWithWhatWasHeard()
    {
        var talk = Watched(new SimulatedConversation()).Start().Hush(200).Speak(1_200);

        talk.Wait(3_600);

        Assert.Equal("hello there my friend", Assert.Single(talk.Client.Of<AsrFinal>()).Text);
        talk.Wait(6_000);
        Assert.Equal(TurnState.Idle, talk.Client.Of<StateUpdate>()[^1].State);
        Assert.Equal([nameof(Stall.Listening)], _stalls);
        talk.End();
    }

    [Fact]
    public void Paused_NoAudioComes_TheReplyGoesOn()
    {
        var talk = Watched(new SimulatedConversation()).Start().Say(new TextInput("hello")).Hush(1_000).Speak(100);
        Assert.Equal(TurnState.Paused, talk.Client.Of<StateUpdate>()[^1].State);

        talk.Wait(10_000);

        Assert.Single(talk.Client.Of<PlaybackResumed>());
        Assert.Equal(talk.Engines.Chat.Texts[0], talk.Client.Of<AssistantTextDone>()[^1].HeardText);
        Assert.Equal([nameof(Stall.Listening)], _stalls);
        talk.End();
    }

    [Fact]
    public void Speaking_NoAudioLeaves_TheReplyIsGivenUp()
    {
        var options = new SessionOptions { NoSpeechTimeout = TimeSpan.FromSeconds(4), ReplyTimeout = TimeSpan.FromMinutes(1) };
        var talk = Watched(new SimulatedConversation(
            e => (e.Chat.Texts, e.Chat.HangsAfter) = (["One two three four five. Six seven eight nine ten."], 6), options)).Start().Say(new TextInput("hello"));

        talk.Wait(8_000);

        var cancelled = Assert.Single(talk.Client.Of<GenerationCancelled>());
        Assert.Equal((CancelReason.Error, "One two three four five."), (cancelled.Reason, cancelled.HeardText));
        Assert.Equal(TurnState.Idle, talk.Client.Of<StateUpdate>()[^1].State);
        Assert.Equal([nameof(Stall.Speaking)], _stalls);
        talk.End();
    }

    [Fact]
    public void Thinking_NoTokenComes_AnApologyIsSpoken()
    {
        var talk = Watched(new SimulatedConversation(e => e.Chat.HangsAfter = 0)).Start().Say(new TextInput("hello"));

        talk.Wait(25_000);

        Assert.Contains("Sorry", talk.Client.Of<AssistantTextDone>()[^1].HeardText, StringComparison.Ordinal);
        Assert.Equal([nameof(Stall.Thinking)], _stalls);
        talk.End();
    }

    [Fact]
    public void Client_DoesNotRead_LosesItsSession()
    {
        var talk = Watched(new SimulatedConversation()).Start();
        talk.Client.SendDelay = token => Task.Delay(Timeout.InfiniteTimeSpan, talk.Scheduler.Clock, token);

        talk.Say(new TextInput("hello")).Wait(20_000);

        Assert.True(talk.HasEnded);
        Assert.Equal([nameof(Stall.NotReading)], _stalls);
    }

    [Fact]
    public void Session_NothingHangs_NothingIsCounted()
    {
        var talk = Watched(new SimulatedConversation()).Start().Hush(200).Speak(1_200);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Hush(60_000).Wait(60_000);

        Assert.Empty(_stalls);
        talk.End();
    }

    public void Dispose() => _listener.Dispose();

    private SimulatedConversation Watched(SimulatedConversation talk)
    {
        _metrics = talk.Metrics;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "parley.watchdog.recovered" && instrument.Meter == _metrics.Meter) { listener.EnableMeasurementEvents(instrument); }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _stalls.Add((string)tags[0].Value!));
        _listener.Start();
        return talk;
    }
}
