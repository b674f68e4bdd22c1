using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Embeddings;
using Parley.OpenAICompatible.Http;
using Parley.Server.Api;
using Parley.Server.Api.Embeddings;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Api;

/// <summary>The endpoint before the real adapter before a server of the test's own.</summary>
public sealed class EmbeddingTests
{
    private readonly List<JsonElement> _asked = [];

    public static TheoryData<string, string> Bad => new()
    {
        { """{"model":"local"}""", "input" },
        { """{"model":"local","input":[]}""", "input" },
        { """{"model":"local","input":""}""", "input" },
        { """{"model":"local","input":["a",""]}""", "input" },
        { """{"model":"local","input":["a",1]}""", "input" },
        { """{"model":"local","input":[1,"a"]}""", "input" },
        { """{"model":"local","input":[[1],[]]}""", "input" },
        { """{"model":"local","input":[1.5]}""", "input" },
        { """{"model":"local","input":{"a":1}}""", "input" },
        { """{"input":"a"}""", "model" },
        { """{"model":"local","input":"a","dimensions":0}""", "dimensions" },
        { """{"model":"local","input":"a","encoding_format":"hex"}""", "encoding_format" },
    };

    [Theory]
    [InlineData("local")]
    [InlineData("nomic")]
    [InlineData("text-embedding-3-small")]
    public async Task Post_Texts_GivesAVectorEachInOrder(string model)
    {
        await using var upstream = await UpstreamAsync();
        await using var api = await ApiAsync(upstream, maxBatch: 2);
        var json = await PostAsync(api, $$"""{"model":"{{model}}","input":["a","bb","ccc"]}""");

        Assert.Equal("list", json.GetProperty("object").GetString());
        Assert.Equal([0, 1, 2], json.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("index").GetInt32()));
        Assert.Equal([1f, 2f, 3f], json.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("embedding")[0].GetSingle()));
        Assert.Equal(6, json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(2, _asked.Count);
        Assert.All(_asked, a => Assert.Equal("nomic", a.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Post_Base64_IsLittleEndianFloats()
    {
        await using var upstream = await UpstreamAsync();
        await using var api = await ApiAsync(upstream);
        var json = await PostAsync(api, """{"model":"local","input":"four","encoding_format":"base64","dimensions":2}""");
        var bytes = json.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal([4f, 0.5f], MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        Assert.Equal(2, _asked[0].GetProperty("dimensions").GetInt32());
    }

    [Theory]
    [InlineData("[1,2,3]", "[[1,2,3]]")]
    [InlineData("[[1,2],[3]]", "[[1,2],[3]]")]
    public async Task Post_Tokens_PassThrough(string input, string sent)
    {
        await using var upstream = await UpstreamAsync();
        await using var api = await ApiAsync(upstream);
        await PostAsync(api, $$"""{"model":"local","input":{{input}}}""");
        Assert.Equal(sent, _asked[0].GetProperty("input").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Post_BadField_IsNamed(string body, string param)
    {
        await using var upstream = await UpstreamAsync();
        await using var api = await ApiAsync(upstream);
        var json = await PostAsync(api, body, HttpStatusCode.BadRequest);
        Assert.Equal(param, json.GetProperty("error").GetProperty("param").GetString());
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("text-embedding-3-small", "there")]
    [InlineData("auto", "there")]
    [InlineData("missing", "missing")]
    public void Find_FirstIsNotAvailable_WellKnownNamesMeanTheFirstThatIs(string model, string expected)
    {
        var made = new Dictionary<string, LengthVectors> { ["missing"] = new(), ["there"] = new() };
        using var engines = new EmbeddingEngines(
            [.. made.Select(m => new EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>(
                m.Key, () => new EngineStatus(VoiceStage.Embedding, m.Key, m.Key == "there", "", ""), () => m.Value))], new Dictionary<string, string>());
        Assert.Same(made[expected], engines.Find(model));
    }

    [Fact]
    public async Task Post_NothingConfigured_SaysHowTo()
    {
        await using var api = await ApiAsync(null);
        var json = await PostAsync(api, """{"model":"text-embedding-3-small","input":"a"}""", HttpStatusCode.NotFound);
        Assert.Equal("model_not_found", json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("Parley:Embedding", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 200, HttpStatusCode.InternalServerError)]
    [InlineData("garbage", 200, HttpStatusCode.InternalServerError)]
    [InlineData("""{"data":[{"index":0,"embedding":"no base64"}]}""", 200, HttpStatusCode.InternalServerError)]
    [InlineData("""{"data":[{"index":7,"embedding":[1]}]}""", 200, HttpStatusCode.InternalServerError)]
    [InlineData("""{"error":{"type":"server_error","message":"secret"}}""", 503, HttpStatusCode.ServiceUnavailable)]
    public async Task Post_UpstreamAnswersNonsense_IsAnError(string answer, int status, HttpStatusCode expected)
    {
        await using var upstream = await UpstreamAsync(answer, status);
        await using var api = await ApiAsync(upstream);
        var json = await PostAsync(api, """{"model":"local","input":"a"}""", expected);
        Assert.Equal("server_error", json.GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain("secret", json.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> PostAsync(WebApplication api, string body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(api.Urls.First() + "/v1/embeddings"), content, TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>A vector is the text's length and a half; of tokens, their count.</summary>
    private async Task<WebApplication> UpstreamAsync(string? answer = null, int status = 200)
    {
        var app = Build();
        app.MapPost("/v1/embeddings", async (HttpRequest request) =>
        {
            if (answer is not null) { return Results.Text(answer, "application/json", statusCode: status); }
            var body = (await JsonDocument.ParseAsync(request.Body)).RootElement.Clone();
            lock (_asked) { _asked.Add(body); }
            var lengths = body.GetProperty("input").EnumerateArray().Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()!.Length : i.GetArrayLength()).ToArray();
            return Results.Json(new
            {
                data = lengths.Select((l, index) => new { index, embedding = new[] { l, 0.5f } }), usage = new { prompt_tokens = lengths.Sum(), total_tokens = lengths.Sum() },
            });
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<WebApplication> ApiAsync(WebApplication? upstream, int maxBatch = 64)
    {
        var options = new EmbeddingEngineOptions { Model = "nomic", MaxBatch = maxBatch };
        var app = Build(services =>
        {
            services.AddSingleton(TimeProvider.System);
            services.AddEmbeddingApi(
                upstream is null ? [] :
                [
                    OpenAIEmbeddingEngine.Registration("local", options, UpstreamPool.Of("local", new UpstreamOptions { BaseUrl = new Uri(upstream.Urls.First() + "/v1"), WarmConnections = 0 })),
                ],
                new Dictionary<string, string> { ["local"] = "nomic" });
        });
        app.MapApi().MapEmbeddings();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static WebApplication Build(Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        services?.Invoke(builder.Services);
        return builder.Build();
    }
}
