using System.Text;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Server.Api;
using Parley.Server.Api.Chat;
using Parley.Tutor;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>A request's messages before an engine that reads them, in a chain.</summary>
public sealed class ClientMessagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ImageIsNone_IsTheClientsMistakeAndNotTheTutors()
    {
        var chains = new EngineChains(new ResilienceOptions(), TimeProvider.System);
        using var tutor = new TutorChatClient();
        var telemetry = new EngineTelemetry();
        using var chain = chains.Chat([new EngineHandle<IChatClient>(TutorEngine.Name, tutor, new EngineAttributes(), telemetry)]);

        for (var i = 0; i < 5; i++)
        {
            var failure = await Assert.ThrowsAsync<VoiceException>(() => AskAsync(chain, """[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"data:image/private words"}}]"""));
            Assert.Equal((400, "messages[0].content", "invalid_value"), (ApiError.From(failure).Status, ApiError.From(failure).Param, ApiError.From(failure).Code));
            Assert.DoesNotContain("private words", failure.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, telemetry.Read().Failures);
        Assert.Equal((BreakerState.Closed, false), (chains.Guards.Find(VoiceStage.Reply, TutorEngine.Name)!.State, chains.Guards.Find(VoiceStage.Reply, TutorEngine.Name)!.IsDoubted));
        Assert.NotEmpty((await AskAsync(chain, "\"Hello!\"")).Text);
    }

    [Fact]
    public void Read_TextsImagesAndTools_AreKept()
    {
        var messages = Request("""
            {"role":"developer","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},{"type":"image_url","image_url":{"url":"https://x.example/y.png"}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"n\":1}"}}]},
            {"role":"tool","tool_call_id":"a","content":"tea"}
            """).Messages;

        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool], messages.Select(m => m.Role));
        Assert.True(messages[1].Contents is [TextContent { Text: "What is this?" }, DataContent { MediaType: "image/png" }, UriContent]);
        Assert.True(messages[2].Contents is [FunctionCallContent { CallId: "a", Name: "f" }]);
        Assert.True(messages[3].Contents is [FunctionResultContent { CallId: "a", Result: "tea" }]);
    }

    private static Task<ChatResponse> AskAsync(IChatClient client, string content)
    {
        var request = Request($$"""{"role":"user","content":{{content}}}""");
        return client.GetResponseAsync(request.Messages, request.Options, Cancellation);
    }

    private static ChatRequest Request(string messages) => ChatRequestReader.Read(Encoding.UTF8.GetBytes($$"""{"model":"tutor","messages":[{{messages}}]}"""));
}
