using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>What the user is saying is dropped.</summary>
public sealed class CancelListenTests
{
    [Theory]
    [InlineData(TurnMode.Auto)]
    [InlineData(TurnMode.PushToTalk)]
    public void Cancel_WhileTheUserSpeaks_NoTurnComesOfIt(TurnMode mode)
    {
        var talk = new SimulatedConversation().Start(new SessionConfig { Turn = new TurnConfig { Mode = mode } });
        if (mode == TurnMode.PushToTalk) { talk.Say(new StartListen()); }

        talk.Hush(200).Speak(800).Say(new CancelListen()).Say(new StopListen()).Hush(5_000);

        Assert.Equal(1_000, Assert.Single(talk.Client.Of<ListenCancelled>()).AtMs);
        Assert.Equal([TurnState.Listening, TurnState.Idle], talk.Client.Of<StateUpdate>().Select(s => s.State));
        Assert.Empty(talk.Client.Of<TurnEnded>());
        Assert.Equal(0, talk.Engines.Asr.OpenStreams);
        talk.End();
    }

    [Fact]
    public void Cancel_UserSpeaksOn_IsHeardFromThereOn()
    {
        var talk = new SimulatedConversation().Start().Hush(200).Speak(800).Say(new CancelListen()).Speak(1_000);

        var turn = talk.HushUntil<TurnEnded>();

        Assert.Equal((1_000, 2_000), (turn.SpeechStartMs, turn.SpeechEndMs));
        talk.End();
    }

    [Fact]
    public void Cancel_ReplyIsHeldForIt_GoesOn()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["One two three four five six seven eight."]).Start().Say(new TextInput("hello"));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);

        talk.Hush(400).Speak(120).Say(new CancelListen());

        Assert.Single(talk.Client.Of<PlaybackResumed>());
        talk.HushUntil<ReplyFinished>();
        talk.End();
    }

    [Fact]
    public void Cancel_NobodySpeaks_IsAnswered()
    {
        var talk = new SimulatedConversation().Start().Hush(200).Say(new CancelListen());

        Assert.Equal(200, Assert.Single(talk.Client.Of<ListenCancelled>()).AtMs);
        talk.End();
    }
}
