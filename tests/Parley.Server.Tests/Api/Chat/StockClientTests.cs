using System.ClientModel;
using OpenAI;
using OpenAI.Chat;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>OpenAI's own client, as it comes from NuGet, against the gateway.</summary>
public sealed class StockClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("large")]
    [InlineData("scripted")]
    public async Task CompleteChatStreaming_Answer_HasTextReasonAndUsage(string model)
    {
        await using var server = await GatewayServer.StartAsync();

        var text = "";
        ChatFinishReason? reason = null;
        ChatTokenUsage? usage = null;
        await foreach (var update in Client(server).GetChatClient(model).CompleteChatStreamingAsync([new UserChatMessage("Hi")], cancellationToken: Cancellation))
        {
            text += string.Concat(update.ContentUpdate.Select(c => c.Text));
            (reason, usage) = (update.FinishReason ?? reason, update.Usage ?? usage);
        }

        Assert.Equal(model == "large" ? "Hello there." : server.Scripted.Texts[0], text);
        Assert.Equal(ChatFinishReason.Stop, reason);
        Assert.Equal(model == "large" ? 15 : 0, usage?.TotalTokenCount);
    }

    [Fact]
    public async Task CompleteChat_Answer_HasTextAndUsage()
    {
        await using var server = await GatewayServer.StartAsync();

        ChatCompletion answer = await Client(server).GetChatClient("large").CompleteChatAsync([new UserChatMessage("Hi")], cancellationToken: Cancellation);

        Assert.Equal(("Hello there.", ChatFinishReason.Stop, 3), (answer.Content[0].Text, answer.FinishReason, answer.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task CompleteChat_Tools_AreCalled()
    {
        await using var server = await GatewayServer.StartAsync(x => WireChunks.SendAsync(
            x, WireChunks.Delta("""{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look_up","arguments":"{}"}}]}"""),
            WireChunks.Finish("tool_calls"), "[DONE]"));
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("look_up") } };

        ChatCompletion answer = await Client(server).GetChatClient("large").CompleteChatAsync([new UserChatMessage("Hi")], options, Cancellation);

        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
        Assert.Equal(("call_1", "look_up"), (answer.ToolCalls[0].Id, answer.ToolCalls[0].FunctionName));
    }

    [Fact]
    public async Task CompleteChat_UnknownModel_ThrowsWithItsStatus()
    {
        await using var server = await GatewayServer.StartAsync();

        var failure = await Assert.ThrowsAsync<ClientResultException>(
            () => Client(server).GetChatClient("nobody").CompleteChatAsync([new UserChatMessage("Hi")], cancellationToken: Cancellation));

        Assert.Equal(404, failure.Status);
        Assert.Contains("model_not_found", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetModels_All_AreListed()
    {
        await using var server = await GatewayServer.StartAsync();

        var models = await Client(server).GetOpenAIModelClient().GetModelsAsync(Cancellation);

        Assert.Contains(models.Value, m => m.Id == "large");
    }

    [Theory]
    [InlineData("vectors")]
    [InlineData("text-embedding-3-small")]
    public async Task GenerateEmbeddings_Texts_GiveAVectorEach(string model)
    {
        await using var server = await GatewayServer.StartAsync();

        OpenAI.Embeddings.OpenAIEmbeddingCollection vectors = await Client(server).GetEmbeddingClient(model).GenerateEmbeddingsAsync(["a", "four"], cancellationToken: Cancellation);

        Assert.Equal([[1f, 0.5f], [4f, 0.5f]], vectors.Select(v => v.ToFloats().ToArray()));
        Assert.True(vectors.Usage.InputTokenCount > 0);
    }

    private static OpenAIClient Client(GatewayServer server) =>
        new(new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
}
