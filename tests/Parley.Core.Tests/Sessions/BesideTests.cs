using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Replies.Tools;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>Replies that are no part of the conversation.</summary>
public sealed class BesideTests
{
    private static readonly Respond s_classify = new(Beside: true, Input: [new InputMessage(HistoryRole.User, "Is this polite?")]);

    [Fact]
    public void Beside_NobodySpeaks_IsSpokenAndForgotten()
    {
        var talk = Talk("Yes, it is.", "Hello!").Start().Say(s_classify);
        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Say(new TextInput("hello")).Wait(100);

        Assert.Equal("Yes, it is.", done.Text);
        Assert.True(talk.Client.Of<ReplyBegan>()[0].Beside);
        Assert.NotEmpty(talk.Client.Packets);
        Assert.Equal(["Is this polite?"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        Assert.Equal(["hello"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        Assert.Null(talk.Client.Of<ReplyBegan>()[1].Beside);
        talk.End();
    }

    [Fact]
    public void Beside_AReplyIsBeingSpoken_ComesAsTextAndLeavesItAlone()
    {
        var talk = Talk("One two three four five.", "Yes, it is.").Start().Say(new TextInput("count")).Wait(700);
        talk.Say(s_classify);

        var done = talk.HushUntil<ReplyFinished>(r => r.GenerationId == 2);
        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 1 && m.HeardText == m.Text);

        Assert.False(done.Failed);
        Assert.Equal("Yes, it is.", string.Concat(talk.Client.Of<AssistantTextDelta>().Where(d => d.GenerationId == 2).Select(d => d.Text)));
        Assert.All(talk.Client.Packets, p => Assert.Equal(1u, p.GenerationId));
        Assert.Equal(5 * SimulatedSynthesizer.WordSamples, talk.Client.Packets.Sum(p => p.Samples.Length));
        Assert.Equal([TurnState.Thinking, TurnState.Speaking, TurnState.Idle], talk.Client.Of<StateUpdate>().Select(s => s.State));
        talk.End();
    }

    [Fact]
    public void Beside_WithoutInput_AnswersWhatIsRemembered()
    {
        var talk = Talk("One two three four five.", "A summary.").Start().Say(new TextInput("count")).Wait(700);

        talk.Say(new Respond("You sum up.", Beside: true)).Wait(100);

        Assert.StartsWith("You sum up.", talk.Engines.Chat.Prompts[1][0].Text, StringComparison.Ordinal);
        Assert.Equal(["count"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Beside_TheReplyOnTheFloorIsInterrupted_GoesOn()
    {
        var talk = Talk("One two three four five.", "Yes, it is.");
        talk.Engines.Chat.TokenInterval = TimeSpan.FromMilliseconds(200);
        talk.Start().Say(new TextInput("count")).Wait(1_200);
        talk.Say(s_classify).Wait(250).Say(new Interrupt());

        talk.HushUntil<ReplyFinished>(r => r.GenerationId == 2);

        Assert.Equal(1u, Assert.Single(talk.Client.Of<GenerationCancelled>()).GenerationId);
        Assert.Equal("Yes, it is.", talk.Client.Of<AssistantTextDone>()[^1].Text);
        talk.End();
    }

    [Fact]
    public void Beside_InterruptedByItsNumber_EndsThereAndNothingFollows()
    {
        var talk = Talk("One two three four five.", "Yes, it is.");
        talk.Engines.Chat.TokenInterval = TimeSpan.FromMilliseconds(200);
        talk.Start().Say(new TextInput("count")).Wait(1_200);
        talk.Say(s_classify).Wait(250).Say(new Interrupt(2));
        talk.HushUntil<ReplyFinished>(r => r.GenerationId == 1);

        var cancelled = Assert.Single(talk.Client.Of<GenerationCancelled>());
        Assert.Equal((2u, "Yes, it"), (cancelled.GenerationId, cancelled.HeardText));
        Assert.DoesNotContain(talk.Client.Of<AssistantTextDelta>(), d => d.GenerationId == 2 && d.Seq > cancelled.Seq);
        Assert.DoesNotContain(talk.Client.Of<ReplyFinished>(), r => r.GenerationId == 2);
        talk.End();
    }

    [Fact]
    public void Beside_TheUserSpeaks_IsTextAndTheirTurnIsAnswered()
    {
        var talk = Talk("Yes, it is.", "Hello!").Start().Hush(200).Speak(600).Say(s_classify).Speak(300);

        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == "Hello!");

        Assert.Equal("Yes, it is.", talk.Client.Of<AssistantTextDone>().First(m => m.GenerationId == 1).Text);
        Assert.All(talk.Client.Packets, p => Assert.Equal(2u, p.GenerationId));
        Assert.Equal("hello there my friend", Assert.Single(talk.Engines.Chat.Prompts[1].Skip(1)).Text);
        talk.End();
    }

    [Fact]
    public void Beside_TooManyAtOnce_AreRefused()
    {
        var talk = Talk("One two three four five.", "Yes.");
        talk.Engines.Chat.FirstTokenLatency = TimeSpan.FromSeconds(1);
        talk.Start().Say(new TextInput("count"));

        for (var i = 0; i < 5; i++) { talk.Say(s_classify); }
        talk.Hush(4_000);

        Assert.Equal(ErrorCodes.ReplyActive, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        Assert.Equal(5, talk.Client.Of<ReplyFinished>().Count);
        talk.End();
    }

    [Fact]
    public void Beside_TheModelFails_IsToldAndTheOtherReplyGoesOn()
    {
        var talk = Talk("One two three four five.", "Yes, it is.").Start().Say(new TextInput("count")).Wait(700);
        talk.Engines.Chat.FailsAfter = 1;
        talk.Say(s_classify);

        talk.HushUntil<ReplyFinished>(r => r is { GenerationId: 1, Failed: false });

        Assert.True(talk.Client.Of<ReplyFinished>().Single(r => r.GenerationId == 2).Failed);
        Assert.Equal(ErrorCodes.EngineFailed, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Beside_CallsATool_IsToldAndTakesNoResult()
    {
        var model = new ScriptedChatClient([ScriptedChatClient.Call("classify", "call_1", ("polite", true))], [new TextContent("Hello!")]);
        var talk = new SimulatedConversation(e => e.Reply = new ToolCallingChatClient(model, [], e.Time)).Start();
        talk.Say(s_classify with { Tools = [new ClientTool("classify")], ToolChoice = ChatToolMode.RequireAny }).Wait(100);

        talk.Say(new ToolResult("call_1", "done")).Say(new TextInput("hello")).Wait(100);

        Assert.Equal("""{"polite":true}""", Assert.Single(talk.Client.Of<ToolCalled>()).Arguments);
        Assert.Equal(ErrorCodes.BadField, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        Assert.Equal(["hello"], model.Prompts[1].Where(m => m.Role != ChatRole.System).Select(m => m.Text));
        talk.End();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Resume_WhileOneWasUnderWay_ItIsCancelledAndTheConversationGoesOn(bool besideAReply)
    {
        var before = new SimulatedConversation(
            e =>
            {
                e.Chat.Texts = besideAReply ? ["One two three four five.", "Yes, it is.", "Hello!"] : ["Yes, it is.", "Hello!"];
                e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(100);
                e.Chat.TokenInterval = TimeSpan.FromMilliseconds(200);
            },
            new SessionOptions { ResumeWindow = TimeSpan.FromMinutes(10) }, keepsSessions: true).Start();
        if (besideAReply) { before.Say(new TextInput("count")).Wait(1_500); }
        before.Say(s_classify).Wait(400);
        if (besideAReply) { before.Say(new Playback(1, 4_000)); }
        before.Client.Disconnect();
        before.Wait(500);

        var after = before.Resume();
        Assert.Equal(besideAReply ? 2u : 1u, Assert.Single(after.Client.Of<GenerationCancelled>()).GenerationId);
        if (besideAReply) { after.HushUntil<AssistantTextDone>(m => m is { GenerationId: 1, HeardText: "One two three four five." }); }
        after.Hush(500).Say(new TextInput("hello"));
        after.HushUntil<AssistantTextDone>(m => m.HeardText == "Hello!");

        Assert.Equal(besideAReply ? ["count", "One two three four five.", "hello"] : ["hello"], after.Engines.Chat.Prompts[^1].Skip(1).Select(m => m.Text));
        after.End();
    }

    private static SimulatedConversation Talk(params string[] texts) => new(e => e.Chat.Texts = texts);
}
