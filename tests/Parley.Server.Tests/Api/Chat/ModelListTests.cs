using System.Net;
using System.Text.Json;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>Every name that some endpoint takes is listed, as OpenAI lists them.</summary>
public sealed class ModelListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_AllEndpoints_EachNameOnceAndEachIsFound()
    {
        await using var server = await GatewayServer.StartAsync();

        var list = JsonDocument.Parse(await server.Http.GetStringAsync("/v1/models", Cancellation)).RootElement;

        string[] ids = [.. list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!)];
        Assert.Equal(ids.Distinct(), ids);
        foreach (var id in (string[])["parley", "auto", "large", "scripted", "simulated", "whisper-1", "tts-1", "my-ears", "vectors", "nomic", "text-embedding-3-small"])
        {
            Assert.Contains(id, ids);
            var model = JsonDocument.Parse(await server.Http.GetStringAsync($"/v1/models/{id}", Cancellation)).RootElement;
            Assert.Equal((id, "model"), (model.GetProperty("id").GetString(), model.GetProperty("object").GetString()));
        }
    }

    [Fact]
    public async Task Chat_WithAModelThatDoesNotChat_IsNoModel()
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await server.PostAsync(GatewayServer.Request(model: "whisper-1"), cancellationToken: Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("model_not_found", (await GatewayServer.ErrorAsync(response, Cancellation)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Health_EmbeddingModels_AreAmongTheEngines()
    {
        await using var server = await GatewayServer.StartAsync();

        var engines = JsonDocument.Parse(await server.Http.GetStringAsync("/health", Cancellation)).RootElement.GetProperty("engines");

        var vectors = engines.EnumerateArray().Single(e => e.GetProperty("stage").GetString() == "embedding");
        Assert.Equal(("vectors", true), (vectors.GetProperty("name").GetString(), vectors.GetProperty("available").GetBoolean()));
    }
}
