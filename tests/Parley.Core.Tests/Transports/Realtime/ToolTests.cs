using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Replies.Tools;
using Parley.Testing.Sessions;
using static Parley.Core.Tests.Replies.Tools.ScriptedChatClient;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>Functions that the client runs.</summary>
public sealed class ToolTests
{
    private const string Offered =
        """{"tools":[{"type":"function","name":"set_light","description":"Switches a light.","parameters":{"type":"object","properties":{"on":{"type":"boolean"}}}}],"tool_choice":"auto"}""";

    private static readonly TextContent s_answer = new("The light is on.");

    private static (RealtimeTalk Talk, ScriptedChatClient Model) Talk(params IReadOnlyList<AIContent>[] answers)
    {
        var model = new ScriptedChatClient(answers);
        return (new RealtimeTalk(e => e.Reply = new ToolCallingChatClient(model, [], e.Time)).Update(Offered).Write("Light, please.").Respond(), model);
    }

    private static FunctionCallContent SetLight() => Call("set_light", "call_1", ("on", true));

    [Fact]
    public void Call_IsAnItemOfItsOwn()
    {
        var (talk, model) = Talk([SetLight()]);

        var done = talk.WaitUntil("response.done");

        Assert.Equal(
        [
            "response.created", "response.output_item.added", "conversation.item.added", "response.function_call_arguments.delta",
            "response.function_call_arguments.done", "conversation.item.done", "response.output_item.done", "response.done",
        ], talk.Types.SkipWhile(t => t != "response.created"));
        var item = talk.Only("response.output_item.done").At("item");
        Assert.Equal(("function_call", "completed", "call_1", "set_light", """{"on":true}"""),
            (item.Text("type"), item.Text("status"), item.Text("call_id"), item.Text("name"), item.Text("arguments")));
        Assert.Equal("set_light", talk.Only("response.function_call_arguments.done").Text("name"));
        Assert.Equal("call_1", done.Text("response.output.0.call_id"));
        Assert.Equal("set_light", Assert.Single(model.Options[0]!.Tools!).Name);
        talk.End();
    }

    [Fact]
    public void Call_AfterWords_IsTheSecondOutput()
    {
        var (talk, _) = Talk([new TextContent("Let me see."), SetLight()]);

        var response = talk.WaitUntil("response.done").At("response");

        Assert.Equal(("Let me see.", "set_light"), (response.Text("output.0.content.0.transcript"), response.Text("output.1.name")));
        Assert.Equal(1, talk.Only("response.function_call_arguments.done").Number("output_index"));
        Assert.Equal("completed", response.Text("status"));
        talk.End();
    }

    [Fact]
    public void Output_ThenResponse_IsAnsweredFromIt()
    {
        var (talk, model) = Talk([SetLight()], [s_answer]);
        talk.WaitUntil("response.done");

        talk.Say("""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"done"}}""").Respond();
        var done = talk.WaitUntil("response.done", e => e.Text("response.output.0.type") == "message");

        Assert.Equal(s_answer.Text, done.Text("response.output.0.content.0.transcript"));
        Assert.Equal(["done"], model.Prompts[1].SelectMany(m => m.Contents.OfType<FunctionResultContent>()).Select(r => r.Result?.ToString()));
        talk.End();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("call_1")]
    public void Output_OfNoCallThatWaits_IsRefused(string id)
    {
        var (talk, _) = Talk([SetLight()]);
        talk.WaitUntil("response.done");
        talk.Say("""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"done"}}""");

        talk.Say($$$"""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"{{{id}}}","output":"again"}}""");

        Assert.Equal("item.call_id", talk.Only("error").Text("error.param"));
        talk.End();
    }
}
