using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

/// <summary>In a conversation the opener is spoken while the large model still thinks.</summary>
public sealed class QuickReplyTests
{
    private static readonly SessionOptions s_options = new() { ResumeWindow = TimeSpan.FromMinutes(10) };

    [Fact]
    public void Turn_WithASmallModel_SpeaksTheOpenerAtOnceAsAClauseOfItsOwn()
    {
        var talk = Talk().Start().Say(new TextInput("hello"));
        talk.Wait(400);

        Assert.Equal((ReplyKind.Quick, "Sure, "), (talk.Client.Of<AssistantTextDelta>()[0].Kind, talk.Client.Of<AssistantTextDelta>()[0].Text));
        Assert.NotEmpty(talk.Client.Packets);
        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Equal("Sure, " + talk.Engines.Chat.Texts[0], done.Text);
        Assert.All(talk.Client.Of<AssistantTextDelta>().Skip(1), d => Assert.Equal(ReplyKind.Full, d.Kind));
        Assert.True(talk.Client.Of<SessionReady>()[0].Config.QuickReply);
        talk.End();
    }

    [Fact]
    public void Turn_TheUserWantsNone_IsAnsweredByTheLargeModelAlone()
    {
        var talk = Talk().Start(new SessionConfig { QuickReply = false }).Say(new TextInput("hello"));

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Empty(talk.Engines.Quick!.Prompts);
        Assert.False(talk.Client.Of<SessionReady>()[0].Config.QuickReply);
        talk.End();
    }

    [Fact]
    public void Session_WithoutASmallModel_SaysThatThereIsNone()
    {
        var talk = new SimulatedConversation().Start(new SessionConfig { QuickReply = true });
        Assert.False(talk.Client.Of<SessionReady>()[0].Config.QuickReply);
        talk.End();
    }

    [Fact]
    public void Resume_AfterTheOpener_GoesOnWithTheSameClauses()
    {
        var before = Talk().Start().Say(new TextInput("hello")).Wait(1_500);
        var heard = before.Client.Packets[^1].SampleOffset - 8_000;
        before.Say(new Playback(1, heard)).Wait(100);
        before.Client.Disconnect();
        before.Wait(5_000);

        var after = before.Resume();
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal("Sure, " + before.Engines.Chat.Texts[0], done.Text);
        Assert.Equal(heard, after.Client.Packets[0].SampleOffset);
        Assert.Single(before.Engines.Chat.Prompts);
        after.End();
    }

    internal static SimulatedConversation Talk() => new(
        e =>
        {
            e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(850);
            e.Quick = new SimulatedChatClient(e.Time) { Texts = ["Sure,"], FirstTokenLatency = TimeSpan.FromMilliseconds(120) };
        },
        s_options, keepsSessions: true);
}
