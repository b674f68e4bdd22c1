using Parley.Pipeline;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

/// <summary>A reply may be begun before the turn has ended; nobody hears of it before that, or if the words were others.</summary>
public sealed class SpeculationTests
{
    private const string Said = "hello there my friend";

    [Fact]
    public void Draft_TurnEndsWithItsWords_TakesTheEnginesTimeOutOfTheTurn()
    {
        var (with, without) = (Slow(settled: Said), Slow(settled: null));

        var early = with.Speak(1_200).HushUntil<TurnMetrics>();
        var late = without.Speak(1_200).HushUntil<TurnMetrics>();

        // 200 ms of model and 40 ms of voice lie under the 400 ms of silence.
        Assert.Equal(late.FirstAudioMs!.Value - 240, early.FirstAudioMs!.Value, tolerance: 10);
        Assert.InRange(early.OverheadMs!.Value, 0, 10);
        Assert.Single(with.Engines.Chat.Prompts);
        End(with, without);
    }

    [Fact]
    public void Draft_BeforeTheTurnHasEnded_NothingOfItIsSent()
    {
        var talk = Instant(Said).Speak(1_200).Hush(300);

        Assert.Single(talk.Engines.Chat.Prompts);
        Assert.Empty(talk.Client.Of<AssistantTextDelta>());
        Assert.Empty(talk.Client.Packets);
        Assert.Empty(talk.Client.Of<AsrFinal>());
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Equal(1u, talk.Client.Packets[0].GenerationId);
        End(talk);
    }

    [Fact]
    public void Draft_CaseAndPunctuationDiffer_IsKept()
    {
        var talk = Instant("Hello there, my friend!").Speak(1_200);

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Single(talk.Engines.Chat.Prompts);
        Assert.Equal(Said, talk.Client.Of<AsrFinal>()[0].Text);
        End(talk);
    }

    [Fact]
    public void Draft_FinalHasOtherWords_TheReplyIsMadeAnewFromWhatWasSaid()
    {
        var talk = Instant("hello there").Speak(1_200);
        talk.Engines.Chat.Texts = ["To the draft.", "To the turn."];

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("To the turn.", done.Text);
        Assert.Equal(Said, talk.Engines.Chat.Prompts[^1][^1].Text);
        Assert.DoesNotContain(talk.Client.Of<AssistantTextDelta>(), d => d.Text.Contains("draft", StringComparison.Ordinal));
        Assert.Equal(0, talk.Engines.Tts.Active);
        End(talk);
    }

    [Fact]
    public void Draft_UserGoesOn_ComesToNothingAndTheWholeIsAnswered()
    {
        var talk = Instant("hello there", Said).Speak(600).Hush(250).Speak(600);
        talk.Engines.Chat.Texts = ["To the first breath.", "To both."];

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.StartsWith("hello there", talk.Engines.Chat.Prompts[0][^1].Text, StringComparison.Ordinal);
        Assert.Equal(Said, talk.Engines.Chat.Prompts[^1][^1].Text);
        Assert.Single(talk.Client.Of<AsrFinal>());
        Assert.Equal("To both.", talk.Client.Of<AssistantTextDone>()[^1].Text);
        End(talk);
    }

    [Fact]
    public void Draft_UserTypesInstead_NothingOfItIsSentOrRemembered()
    {
        var talk = Instant(Said).Speak(1_200).Hush(300);
        talk.Engines.Chat.Texts = ["unused", "To the typed text."];

        talk.Say(new TextInput("something else"));
        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("To the typed text.", done.Text);
        Assert.DoesNotContain(talk.Engines.Chat.Prompts[^1], m => m.Text == Said);
        End(talk);
    }

    [Fact]
    public void Draft_TooManyComeToNothing_AreNotMadeForAWhile()
    {
        var talk = Instant("never what was said");
        for (var turn = 0; turn < 10; turn++)
        {
            talk.Speak(1_200).HushUntil<AsrFinal>(f => f.TurnId == $"t{turn + 1}");
            talk.Say(new Interrupt()).Hush(1_000);
        }

        // Six drafts and the six replies of their turns, then four turns without a draft.
        Assert.Equal(16, talk.Engines.Chat.Prompts.Count);
        End(talk);
    }

    [Fact]
    public void Draft_SpeculationIsOff_IsNotMade()
    {
        var talk = new SimulatedConversation(e => e.Asr.Settled = [Said]).Start().Hush(200).Speak(1_200).Hush(300);

        Assert.Empty(talk.Engines.Chat.Prompts);
        End(talk);
    }

    private static SimulatedConversation Instant(params string[] settled) =>
        new SimulatedConversation(e => e.Asr.Settled = settled, speculation: new SpeculationOptions()).Start().Hush(200);

    private static SimulatedConversation Slow(string? settled) => new SimulatedConversation(
        e =>
        {
            e.Asr.Settled = settled is null ? [] : [settled];
            e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(200);
            e.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(40);
        },
        speculation: new SpeculationOptions { Enabled = settled is not null }).Start().Hush(200);

    private static void End(params SimulatedConversation[] talks)
    {
        foreach (var talk in talks)
        {
            talk.End();
            Assert.True(talk.HasEnded);
            Assert.Equal(0, talk.Engines.Asr.OpenStreams);
            Assert.Equal(0, talk.Engines.Tts.Active);
        }
    }
}
