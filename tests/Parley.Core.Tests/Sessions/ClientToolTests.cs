using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Pipeline;
using Parley.Replies.Tools;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Turns;
using static Parley.Core.Tests.Replies.Tools.ScriptedChatClient;

namespace Parley.Core.Tests.Sessions;

/// <summary>The model calls tools that the client runs.</summary>
public sealed class ClientToolTests
{
    private const string Pending = "The tool is still running. Its result is not known yet.";

    private static readonly TextContent s_answer = new("The light is on.");

    private static readonly SessionConfig s_offered = new()
    {
        Tools = [new ClientTool("set_light", "Switches a light.", JsonElement.Parse("""{"type":"object","properties":{"on":{"type":"boolean"}}}"""))],
    };

    private static FunctionCallContent SetLight(string id = "call_1") => Call("set_light", id, ("on", true));

    private static (SimulatedConversation Talk, ScriptedChatClient Model) Conversation(params IReadOnlyList<AIContent>[] answers) => Conversation(null, answers);

    private static (SimulatedConversation Talk, ScriptedChatClient Model) Conversation(SpeculationOptions? speculation, params IReadOnlyList<AIContent>[] answers)
    {
        var model = new ScriptedChatClient(answers);
        var talk = new SimulatedConversation(
            e =>
            {
                e.Reply = new ToolCallingChatClient(model, [SlowTool.Weather(e.Time, TimeSpan.FromMilliseconds(300))], e.Time);
                e.Asr.Settled = ["hello there my friend"];
            },
            new SessionOptions { ResumeWindow = TimeSpan.FromMinutes(10) }, speculation: speculation, keepsSessions: true);
        return (talk, model);
    }

    [Fact]
    public void Model_CallsAToolOfTheClient_TheClientIsToldAndTheReplyEnds()
    {
        var (talk, model) = Conversation([SetLight()], [s_answer]);
        talk.Start(s_offered).Say(new TextInput("Light, please."));

        var call = Assert.Single(talk.Client.Of<ToolCalled>());
        Assert.Equal(("t1", 1u, "call_1", "set_light", """{"on":true}"""), (call.TurnId, call.GenerationId, call.CallId, call.Name, call.Arguments));
        Assert.False(talk.HushUntil<ReplyFinished>().Failed);
        Assert.Equal(TurnState.Idle, talk.Client.Of<StateUpdate>()[^1].State);
        Assert.Empty(talk.Client.Of<AssistantTextDelta>());
        Assert.Single(model.Prompts);
        Assert.Equal(["set_light", "weather"], model.Options[0]!.Tools!.Select(t => t.Name));
        talk.End();
    }

    [Fact]
    public void Result_ThenRespond_IsAnsweredInTheSameTurn()
    {
        var (talk, model) = Conversation([new TextContent("Let me see."), SetLight()], [s_answer]);
        talk.Start(s_offered).Say(new TextInput("Light, please."));
        talk.Say(new ToolResult("call_1", "done"));
        talk.HushUntil<ReplyFinished>();
        talk.Say(new Respond());

        var done = talk.HushUntil<AssistantTextDone>(m => m.HeardText == s_answer.Text);

        Assert.Equal("t1", done.TurnId);
        var prompt = model.Prompts[1];
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], prompt.Select(m => m.Role));
        Assert.Equal(("Let me see.", "done"), (prompt[2].Text, ResultsIn(prompt)[0]));
        Assert.Equal("call_1", Assert.Single(prompt[2].Contents.OfType<FunctionCallContent>()).CallId);
        talk.End();
    }

    [Fact]
    public void Result_StillMissing_TheModelReadsThatItIs()
    {
        var (talk, model) = Conversation([SetLight()], [s_answer], [s_answer]);
        talk.Start(s_offered).Say(new TextInput("Light, please.")).Wait(100);

        talk.Say(new TextInput("Well?")).Wait(5_000);
        talk.Say(new ToolResult("call_1", "done")).Say(new TextInput("And now?")).Wait(100);

        Assert.Equal([Pending], ResultsIn(model.Prompts[1]));
        Assert.Equal(["done"], ResultsIn(model.Prompts[2]));
        Assert.Equal("Well?", model.Prompts[1][^1].Text);
        talk.End();
    }

    [Fact]
    public void Interruption_AfterTheCall_CallAndResultStay()
    {
        var (talk, model) = Conversation([new TextContent("One moment, I am looking for the switch."), SetLight()], [s_answer]);
        talk.Start(s_offered).Say(new TextInput("Light, please.")).Wait(1_200);
        talk.Say(new Interrupt()).Say(new ToolResult("call_1", "done"));

        talk.Say(new TextInput("Well?")).Wait(100);

        Assert.Equal(["done"], ResultsIn(model.Prompts[1]));
        Assert.EndsWith("—", model.Prompts[1][2].Text, StringComparison.Ordinal);
        talk.End();
    }

    [Theory]
    [InlineData("call_2")]
    [InlineData("call_1")]
    public void Result_NoCallWaitsForIt_IsRefused(string id)
    {
        var (talk, _) = Conversation([SetLight()], [s_answer]);
        talk.Start(s_offered).Say(new TextInput("Light, please.")).Wait(100);
        talk.Say(new ToolResult("call_1", "done")).Say(new ToolResult(id, "again"));

        Assert.Equal(ErrorCodes.BadField, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
        talk.End();
    }

    [Fact]
    public void Calls_OfBothSides_ServerRunsItsOwnAndLeavesTheRest()
    {
        var (talk, model) = Conversation([Call("weather", "a", ("city", "Oslo")), SetLight("b"), SetLight("c")], [s_answer]);
        talk.Start(s_offered).Say(new TextInput("Light and weather, please."));
        talk.HushUntil<ReplyFinished>();

        Assert.Equal(["b", "c"], talk.Client.Of<ToolCalled>().Select(c => c.CallId));
        Assert.Single(model.Prompts);
        talk.Say(new ToolResult("c", "second")).Say(new ToolResult("b", "first")).Say(new Respond());
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == s_answer.Text);

        Assert.Equal(["rain in Oslo", "first", "second"], ResultsIn(model.Prompts[1]));
        talk.End();
    }

    [Fact]
    public void ServerTool_BesideThoseOfTheClient_GoesOnWorking()
    {
        var (talk, model) = Conversation([Call("weather", "a", ("city", "Oslo"))], [new TextContent("Rain.")]);
        talk.Start(s_offered).Say(new TextInput("Weather, please."));

        talk.HushUntil<AssistantTextDone>(m => m.HeardText.EndsWith("Rain.", StringComparison.Ordinal));

        Assert.Empty(talk.Client.Of<ToolCalled>());
        Assert.Equal(["rain in Oslo"], ResultsIn(model.Prompts[1]));
        talk.End();
    }

    [Fact]
    public void Draft_CallsATool_NothingLeavesUntilTheTurnIsCertain()
    {
        var (talk, model) = Conversation(new SpeculationOptions(), [SetLight()], [s_answer]);
        talk.Start(s_offered).Hush(200).Speak(1_200).Hush(300);
        Assert.Single(model.Prompts);
        Assert.Empty(talk.Client.Of<ToolCalled>());

        var call = talk.HushUntil<ToolCalled>();

        Assert.Equal(("t1", 1u), (call.TurnId, call.GenerationId));
        Assert.True(talk.Client.Of<AsrFinal>()[0].Seq < call.Seq);
        Assert.Single(model.Prompts);
        talk.End();
    }

    [Fact]
    public void Draft_IsDiscarded_ItsCallNeverLeaves()
    {
        var (talk, _) = Conversation(new SpeculationOptions(), [SetLight()], [s_answer]);
        talk.Start(s_offered).Hush(200).Speak(1_200).Hush(300).Speak(600);

        talk.HushUntil<AssistantTextDone>(m => m.HeardText == s_answer.Text);

        Assert.Empty(talk.Client.Of<ToolCalled>());
        talk.End();
    }

    [Fact]
    public void Choice_IsHandedToTheModel()
    {
        var (talk, model) = Conversation([s_answer]);
        talk.Start(s_offered with { ToolChoice = ChatToolMode.RequireSpecific("set_light") }).Say(new TextInput("Hello."));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(ChatToolMode.RequireSpecific("set_light"), model.Options[0]!.ToolMode);
        talk.End();
    }

    [Fact]
    public void Choice_OfAToolThatIsNot_IsRefused()
    {
        var (talk, _) = Conversation([s_answer]);
        talk.Start(s_offered with { ToolChoice = ChatToolMode.RequireSpecific("dance") });

        Assert.StartsWith("config.tool_choice", Assert.Single(talk.Client.Of<ErrorMessage>()).Message, StringComparison.Ordinal);
        talk.End();
    }

    [Fact]
    public void Tools_TakenBack_AreOfferedNoMore()
    {
        var (talk, model) = Conversation([s_answer]);
        talk.Start(s_offered).Say(new SessionUpdate(new SessionConfig { Tools = [] })).Say(new TextInput("Hello."));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Equal(["weather"], model.Options[0]!.Tools!.Select(t => t.Name));
        talk.End();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Resume_ACallWaits_ItsResultIsStillTaken(bool hasResult)
    {
        var (before, model) = Conversation([new TextContent("Let me see."), SetLight()], [s_answer]);
        before.Start(s_offered).Say(new TextInput("Light, please."));
        before.HushUntil<ReplyFinished>();
        if (hasResult) { before.Say(new ToolResult("call_1", "done")); }
        before.Client.Disconnect();
        before.Wait(1_000);

        var after = before.Resume();
        if (!hasResult) { after.Say(new ToolResult("call_1", "done")); }
        after.Say(new Respond());
        var done = after.HushUntil<AssistantTextDone>(m => m.HeardText == s_answer.Text);

        Assert.Equal("t1", done.TurnId);
        Assert.Empty(after.Client.Of<ErrorMessage>());
        Assert.Equal(["Let me see.", ""], model.Prompts[1].Skip(2).Select(m => m.Text));
        Assert.Equal(["done"], ResultsIn(model.Prompts[1]));
        after.End();
    }

    [Fact]
    public void Resume_TheReplyWasBeingHeard_IsHeardToItsEndAndNotAskedAnew()
    {
        var (before, model) = Conversation([new TextContent("One moment, I am looking for the switch."), SetLight()], [s_answer]);
        before.Start(s_offered).Say(new TextInput("Light, please.")).Wait(800).Say(new Playback(1, 9_000)).Wait(100);
        before.Client.Disconnect();
        before.Wait(1_000);

        var after = before.Resume();
        after.HushUntil<ReplyFinished>();
        after.Say(new ToolResult("call_1", "done")).Say(new Respond());
        after.HushUntil<AssistantTextDone>(m => m.HeardText == s_answer.Text);

        Assert.Equal(2, model.Prompts.Count);
        Assert.Equal(["done"], ResultsIn(model.Prompts[1]));
        after.End();
    }

    private static IReadOnlyList<object?> ResultsIn(IReadOnlyList<ChatMessage> prompt) =>
        [.. prompt.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.Result)];
}
