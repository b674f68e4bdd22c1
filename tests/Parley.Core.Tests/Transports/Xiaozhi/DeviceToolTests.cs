using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Testing.Sessions;
using Parley.Transports.Xiaozhi;
using static Parley.Core.Tests.Replies.Tools.ScriptedChatClient;

namespace Parley.Core.Tests.Transports.Xiaozhi;

/// <summary>A model uses the device's own tools.</summary>
public sealed class DeviceToolTests
{
    private const string Volume =
        """{"name":"self.audio_speaker.set_volume","description":"Sets the volume.","inputSchema":{"type":"object","properties":{"volume":{"type":"integer"}}}}""";

    private static readonly TextContent s_done = new("It is louder now.");

    private static FunctionCallContent Louder(string id = "call_1") => Call("self_audio_speaker_set_volume", id, ("volume", 80));

    [Fact]
    public void Hello_WithTools_TheyAreAskedForAndOffered()
    {
        var (device, model) = Device([s_done]);

        Assert.Equal(["initialize", "tools/list"], Requests(device).Select(r => r.Text("method")));
        Assert.Equal("2.0", Requests(device)[0].Text("jsonrpc"));
        Answer(device, $$"""{"tools":[{{Volume}}]}""");
        Turn(device);

        var tool = Assert.IsType<AIFunctionDeclaration>(Assert.Single(model.Options[0]!.Tools!), exactMatch: false);
        Assert.Equal(("self_audio_speaker_set_volume", "Sets the volume."), (tool.Name, tool.Description));
        Assert.Equal("integer", tool.JsonSchema.Text("properties.volume.type"));
        device.End();
    }

    [Fact]
    public void Tools_OnSeveralPages_AreAllOffered()
    {
        var (device, model) = Device([s_done]);

        Answer(device, $$"""{"tools":[{{Volume}}],"nextCursor":"self.lamp"}""");
        Assert.Equal("self.lamp", Requests(device)[^1].Text("params.cursor"));
        Answer(device, """{"tools":[{"name":"self.lamp"}],"nextCursor":""}""");
        Turn(device);

        Assert.Equal(3, Requests(device).Count);
        Assert.Equal(["self_audio_speaker_set_volume", "self_lamp"], model.Options[0]!.Tools!.Select(t => t.Name));
        device.End();
    }

    [Fact]
    public void Tools_ThatCannotBeOffered_AreLeftOut()
    {
        var (device, model) = Device([s_done]);

        Answer(device, """{"tools":[null,{},{"name":""},{"name":"a","inputSchema":7},{"name":"self.b"},{"name":"self_b"},{"name":"c"}]}""");
        Turn(device);

        Assert.Equal(["self_b", "c"], model.Options[0]!.Tools!.Select(t => t.Name));
        device.End();
    }

    [Fact]
    public void Tools_WithHalfACharacter_AreSkippedAndTheSessionGoesOn()
    {
        var (device, model) = Device([s_done]);

        Answer(device, """{"tools":[{"name":"self.lamp","inputSchema":{"type":"object","title":"\ud800"}}]}""");
        Turn(device);

        Assert.Null(model.Options[0]!.Tools);
        device.End();
    }

    [Fact]
    public void Call_Answered_TheAssistantGoesOnWithTheResult()
    {
        var (device, model) = Device([new TextContent("One moment."), Louder()], [s_done]);
        Answer(device, $$"""{"tools":[{{Volume}}]}""");

        device.Listen("auto").Speak(1_200).HushUntil("tts start");
        var call = Requests(device)[^1];
        Assert.Equal(("tools/call", "self.audio_speaker.set_volume", 80), (call.Text("method"), call.Text("params.name"), call.Number("params.arguments.volume")));
        Answer(device, """{"content":[{"type":"text","text":"true"}],"isError":false}""");
        device.WaitFor("tts stop", times: 2);

        Assert.Equal(["tts sentence_start One moment.", "tts sentence_start It is louder now."], device.Told.Where(t => t.StartsWith("tts sentence", StringComparison.Ordinal)));
        Assert.Equal("true", Result(model));
        device.End();
    }

    [Theory]
    [InlineData("""{"error":{"code":-32601,"message":"Unknown tool"}}""", "Failed: Unknown tool")]
    [InlineData(null, "The device did not answer.")]
    public void Call_FailsOrIsNotAnswered_TheModelIsToldSo(string? answer, string result)
    {
        var (device, model) = Device([Louder()], [s_done]);
        Answer(device, $$"""{"tools":[{{Volume}}]}""");
        device.Listen("auto").Speak(1_200).HushUntil("tts start");

        if (answer is not null) { Say(device, Requests(device)[^1].Number("id"), answer[1..^1]); }
        device.WaitFor("tts sentence_start It is louder now.");

        Assert.Equal(result, Result(model));
        device.End();
    }

    [Fact]
    public void Reply_IsInterrupted_NothingIsSaidOfTheResult()
    {
        var (device, model) = Device([new TextContent("One two three four five six seven."), Louder()], [s_done]);
        Answer(device, $$"""{"tools":[{{Volume}}]}""");
        device.Listen("auto").Speak(1_200).HushUntil("tts start");

        device.Abort();
        Answer(device, """{"content":[{"type":"text","text":"true"}]}""");
        device.Wait(5_000);

        Assert.Single(model.Prompts);
        Turn(device);
        Assert.Equal("true", Result(model));
        device.End();
    }

    [Fact]
    public void Model_CallsForEver_TheAssistantStopsUntilTheUserSpeaks()
    {
        var (device, model) = Device([Louder()]);
        Answer(device, $$"""{"tools":[{{Volume}}]}""");
        device.Listen("auto").Speak(1_200).Hush(600);

        for (var i = 0; i < 20; i++) { AnswerLast(device); }

        Assert.Equal(9, model.Prompts.Count);
        device.Speak(1_200).Hush(600);
        for (var i = 0; i < 20; i++) { AnswerLast(device); }
        Assert.Equal(18, model.Prompts.Count);
        device.End();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Hello_WithoutToolsOrTheyAreNotWanted_NothingIsAsked(bool hasTools, bool offersTools)
    {
        var device = new DeviceConversation(settings: new XiaozhiSession { OffersTools = offersTools }).Hello(hasTools: hasTools);

        Assert.Equal(["hello"], device.Told);
        device.End();
    }

    /// <summary>A device that has tools, and a model that says and calls this, one list a call of it.</summary>
    private static (DeviceConversation Device, ScriptedChatClient Model) Device(params IReadOnlyList<AIContent>[] answers)
    {
        var model = new ScriptedChatClient(answers);
        return (new DeviceConversation(e => e.Reply = model).Hello(hasTools: true), model);
    }

    private static List<JsonElement> Requests(DeviceConversation device) => [.. device.Orders.Where(o => o.Text("type") == "mcp").Select(o => o.At("payload"))];

    /// <summary>Answers the last request with a result.</summary>
    private static void Answer(DeviceConversation device, string result) => Say(device, Requests(device)[^1].Number("id"), $"\"result\":{result}");

    private static void AnswerLast(DeviceConversation device)
    {
        Answer(device, """{"content":[{"type":"text","text":"true"}]}""");
        device.Wait(200);
    }

    private static void Say(DeviceConversation device, long id, string answer) =>
        device.Say($$$"""{"session_id":"id1","type":"mcp","payload":{"jsonrpc":"2.0","id":{{{id}}},{{{answer}}}}}""");

    private static void Turn(DeviceConversation device)
    {
        var stops = device.Told.Count(t => t == "tts stop");
        device.Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop", stops + 1);
    }

    /// <summary>What the model read of the tool when it was asked last.</summary>
    private static string Result(ScriptedChatClient model) =>
        model.Prompts[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>().Last().Result!.ToString()!;
}
