using Parley.Testing.Sessions;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>What the user said elsewhere is put into the conversation.</summary>
public sealed class RecordingTests
{
    private static SimulatedConversation Record(SimulatedConversation talk, int seconds = 2)
    {
        talk.Say(new StartListen(Beside: true));
        for (var i = 0; i < seconds; i++) { talk.Say(new AudioInput(new byte[32_000])); }
        return talk.Say(new StopListen());
    }

    [Fact]
    public void Recording_NobodySpeaks_IsUnderstoodAndNotAnswered()
    {
        var talk = Record(new SimulatedConversation().Start(), seconds: 5).Hush(5_000);

        var end = Assert.Single(talk.Client.Of<TurnEnded>());
        Assert.Equal((0, 5_000, true), (end.SpeechStartMs, end.SpeechEndMs, end.Beside));
        Assert.Equal((end.TurnId, "hello there my friend"), (talk.Client.Of<AsrFinal>()[0].TurnId, talk.Client.Of<AsrFinal>()[0].Text));
        Assert.Empty(talk.Client.Of<StateUpdate>());
        Assert.Empty(talk.Client.Of<ErrorMessage>());

        talk.Say(new Respond());
        Assert.Equal(end.TurnId, talk.HushUntil<ReplyBegan>().TurnId);
        Assert.Equal("hello there my friend", talk.Engines.Chat.Prompts[0][^1].Text);
        talk.End();
    }

    [Fact]
    public void Recording_AssistantSpeaks_IsRememberedBehindIt()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["One two three four five six.", "Yes."]).Start().Say(new TextInput("hello"));
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);

        Record(talk).HushUntil<ReplyFinished>();

        Assert.Empty(talk.Client.Of<GenerationCancelled>());
        talk.Hush(2_000).Say(new Respond());
        Assert.Equal(["hello", "One two three four five six.", "hello there my friend"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Recording_LongerThanAnUtteranceMayBe_IsCut()
    {
        var talk = Record(new SimulatedConversation().Start(), seconds: 90);

        Assert.Equal(60_000, Assert.Single(talk.Client.Of<TurnEnded>()).SpeechEndMs);
        talk.End();
    }

    [Fact]
    public void Recording_Fails_IsToldOfItsTurn()
    {
        var talk = Record(new SimulatedConversation(e => e.Asr.Fails = true).Start());

        var error = talk.HushUntil<ErrorMessage>();

        Assert.Equal((ErrorCodes.EngineFailed, talk.Client.Of<TurnEnded>()[0].TurnId), (error.Code, error.TurnId));
        talk.End();
    }

    [Fact]
    public void Recording_CancelledInItsMidst_LeavesNothing()
    {
        var talk = new SimulatedConversation().Start().Say(new StartListen(Beside: true)).Say(new AudioInput(new byte[32_000]));

        talk.Say(new CancelListen()).Say(new StopListen()).Hush(1_000);

        Assert.Empty(talk.Client.Of<TurnEnded>());
        Assert.Equal(0, talk.Engines.Asr.OpenStreams);
        talk.End();
    }
}
