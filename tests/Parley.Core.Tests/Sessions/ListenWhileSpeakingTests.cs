using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>Speech that does not stop the assistant, and is heard all the same.</summary>
public sealed class ListenWhileSpeakingTests
{
    private const string LongAnswer = "One two three four five six seven eight nine ten eleven twelve.";

    private static SimulatedConversation SpeakInto(bool listens, bool keepsSessions = false)
    {
        var talk = new SimulatedConversation(e => { e.Chat.Texts = [LongAnswer, "Yes."]; e.Asr.Texts = ["one", "two"]; }, keepsSessions: keepsSessions)
            .Start(new SessionConfig { Turn = new TurnConfig { BargeIn = false, ListenWhileSpeaking = listens } }).Hush(200).Speak(1_200);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        return talk.Hush(400).Speak(800).Hush(800);
    }

    [Fact]
    public void Speech_DuringAReply_NeitherPausesNorMovesIt()
    {
        var talk = SpeakInto(listens: true);

        Assert.Equal(2, talk.Client.Of<AsrFinal>().Count);
        Assert.Empty(talk.Client.Of<PlaybackPaused>());
        Assert.Equal([TurnState.Listening, TurnState.Thinking, TurnState.Speaking], talk.Client.Of<StateUpdate>().Select(s => s.State));

        talk.HushUntil<ReplyFinished>(r => r.GenerationId == 2);
        Assert.Equal(
            [TurnState.Listening, TurnState.Thinking, TurnState.Speaking, TurnState.Thinking, TurnState.Speaking, TurnState.Idle],
            talk.Client.Of<StateUpdate>().Select(s => s.State));
        Assert.Equal(["one", LongAnswer, "two"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Speech_NobodyListens_IsNoTurn()
    {
        var talk = SpeakInto(listens: false);

        Assert.Single(talk.Client.Of<AsrFinal>());
        Assert.Single(talk.Client.Of<VadEvent>(), v => v.Event == VadEventKind.SpeechStart);
        talk.End();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Speech_LineBreaksBeforeItsAnswer_IsAnsweredAfterResuming(bool goOn)
    {
        var talk = SpeakInto(listens: true, keepsSessions: true);
        talk.End();

        var again = talk.Resume(goOn: goOn);

        again.HushUntil<ReplyFinished>(r => r.GenerationId == 2);
        var prompt = again.Engines.Chat.Prompts[^1].Skip(1).Select(m => m.Text).ToList();
        Assert.Equal(["one", "two"], [prompt[0], prompt[2]]);
        Assert.Equal(goOn ? LongAnswer : again.Client.Of<GenerationCancelled>()[0].HeardText + "—", prompt[1]);
        again.End();
    }
}
