using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

/// <summary>A client comes back in the middle of a reply and does not want the rest of it.</summary>
public sealed class BreakOffTests
{
    private const string Answer = "One two three four five six seven eight. Nine ten eleven twelve thirteen fourteen.";

    [Fact]
    public void Resume_WithoutGoingOn_EndsTheReplyAtTheWordThatWasHeard()
    {
        var before = Speaking(words: 3);

        var after = before.Resume(goOn: false).Wait(5_000);

        var cancelled = Assert.Single(after.Client.Of<GenerationCancelled>());
        Assert.Equal((1u, CancelReason.Interrupt, "One two three"), (cancelled.GenerationId, cancelled.Reason, cancelled.HeardText));
        Assert.Empty(after.Client.Packets);
        Assert.Single(after.Engines.Chat.Prompts);
        after.End();
    }

    [Fact]
    public void Resume_WithoutGoingOn_TheNextReplyKnowsWhatWasHeard()
    {
        var after = Speaking(words: 3).Resume(goOn: false).Say(new TextInput("stop"));

        after.HushUntil<ReplyFinished>();

        Assert.Equal(["count", "One two three—", "stop"], after.Engines.Chat.Prompts[^1].Skip(1).Select(m => m.Text));
        after.End();
    }

    [Fact]
    public void Resume_WithoutGoingOnAndTwice_RemembersTheReplyOnce()
    {
        var after = Speaking(words: 3).Resume(goOn: false).Wait(100);
        after.Client.Disconnect();
        after.Wait(500);

        var again = after.Resume().Say(new TextInput("stop"));
        again.HushUntil<ReplyFinished>();

        Assert.Equal(["count", "One two three—", "stop"], again.Engines.Chat.Prompts[^1].Skip(1).Select(m => m.Text));
        again.End();
    }

    [Fact]
    public void Resume_WithoutGoingOnBeforeAnythingWasHeard_TheTurnIsAnswered()
    {
        var before = Kept(e => e.Chat.FirstTokenLatency = TimeSpan.FromSeconds(2)).Start().Say(new TextInput("count")).Wait(500);
        before.Client.Disconnect();
        before.Wait(500);

        var after = before.Resume(goOn: false);

        Assert.Equal(Answer, after.HushUntil<AssistantTextDone>(d => d.HeardText == d.Text).Text);
        after.End();
    }

    [Fact]
    public void Resume_ThenInterruptedAtOnce_HeardIsToTheWord()
    {
        var after = Speaking(words: 3).Resume().Say(new Interrupt());

        Assert.Equal("One two three", Assert.Single(after.Client.Of<GenerationCancelled>()).HeardText);
        after.End();
    }

    private static SimulatedConversation Kept(Action<SimulatedEngines>? engines = null) => new(
        e =>
        {
            e.Chat.Texts = [Answer];
            engines?.Invoke(e);
        }, new SessionOptions(), keepsSessions: true);

    /// <summary>A client that reports no position has heard some words, and its line broke.</summary>
    private static SimulatedConversation Speaking(int words)
    {
        var talk = Kept().Start().Say(new TextInput("count"));
        talk.HushUntil<SegmentBegan>();
        talk.Wait(words * SimulatedSynthesizer.WordSamples / 16 + 60);
        talk.Client.Disconnect();
        talk.Wait(500);
        return talk;
    }
}
