using System.Net.Http.Headers;
using System.Text.Json;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>The opener over HTTP, in the stream and in the measurements.</summary>
public sealed class QuickReplyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_SmallModelFirst_OpensAndTheAnswerFollowsUntouched()
    {
        var opened = new TaskCompletionSource();
        await using var server = await GatewayServer.StartAsync(x => AnswerAsync(x, opened.Task), quick: Small());

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
        opened.SetResult();
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("Sure, I am fine.", WireChunks.TextOf(text));
        var sent = JsonDocument.Parse(server.Upstream.Bodies[0]).RootElement.GetProperty("messages");
        Assert.Equal(2, sent.GetArrayLength());
        Assert.StartsWith("You teach.\nA short opener", sent[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""","disable_quick_response":true""")]
    [InlineData(""","response_format":{"type":"json_object"}""")]
    [InlineData(""","tools":[{"type":"function","function":{"name":"f"}}]""")]
    public async Task Stream_OpenerOutOfPlace_AnswersAlone(string field)
    {
        var small = Small();
        await using var server = await GatewayServer.StartAsync(x => AnswerAsync(x, Task.CompletedTask), quick: small);

        var events = await server.EventsAsync(GatewayServer.Request(field), Cancellation);

        Assert.DoesNotContain(events, e => e.Contains("Sure,", StringComparison.Ordinal));
        Assert.Empty(small.Prompts);
        Assert.DoesNotContain("opener", server.Upstream.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_LargeModelFailsAfterTheOpener_EndsWithAnError()
    {
        var opened = new TaskCompletionSource();
        await using var server = await GatewayServer.StartAsync(async x => { await opened.Task; x.Reset(); }, quick: Small());

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
        opened.SetResult();
        var events = await Events.ReadAsync(response);

        Assert.Contains(events, e => e.GetRawText().Contains("Sure, ", StringComparison.Ordinal));
        Assert.Equal("server_error", events[^1].GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Metrics_BothModes_AreComparedAndReset()
    {
        await using var server = await GatewayServer.StartAsync(x => AnswerAsync(x, Task.CompletedTask), quick: Small());
        await server.EventsAsync(GatewayServer.Request(), Cancellation);
        await server.EventsAsync(GatewayServer.Request(""","disable_quick_response":true"""), Cancellation);

        var before = await ComparisonAsync(server);
        using var reset = await server.Http.PostAsync("/metrics/reset", null, Cancellation);
        var after = await ComparisonAsync(server);
        var prometheus = await server.Http.GetStringAsync("/metrics", Cancellation);

        foreach (var mode in (string[])["quick_response_mode", "direct_mode"])
        {
            Assert.Equal(1, before.GetProperty(mode).GetProperty("total_requests").GetInt64());
            Assert.True(before.GetProperty(mode).GetProperty("first_response_latency").GetProperty("p95").GetDouble() > 0);
            Assert.Equal(0, after.GetProperty(mode).GetProperty("total_requests").GetInt64());
        }
        Assert.Equal(JsonValueKind.Number, before.GetProperty("comparison").GetProperty("avg_first_response_improvement").ValueKind);
        Assert.Equal(JsonValueKind.Null, after.GetProperty("comparison").ValueKind);
        Assert.Contains("parley_gateway_answers", prometheus, StringComparison.Ordinal);
        Assert.Contains("mode=\"quick\"", prometheus, StringComparison.Ordinal);
        Assert.Contains("parley_gateway_first_content_duration_seconds_bucket", prometheus, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ForPeopleAndPrograms_NamesTheEngines()
    {
        await using var server = await GatewayServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        using var page = await server.Http.SendAsync(request, Cancellation);
        var json = JsonDocument.Parse(await server.Http.GetStringAsync("/", Cancellation)).RootElement;

        Assert.Contains("<h1>Parley", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("large", json.GetProperty("engines").GetProperty("reply").GetProperty("name").GetString());
    }

    private static SimulatedChatClient Small() => new(TimeProvider.System) { Texts = ["Sure,"] };

    /// <summary>Answers once the opener is out: not before the response has begun, where it shall.</summary>
    private static async Task AnswerAsync(LoopbackServer.Exchange exchange, Task after)
    {
        await after;
        await WireChunks.SendAsync(exchange, WireChunks.Role, WireChunks.Text("Sure"), WireChunks.Text("! I am"), WireChunks.Text(" fine."), WireChunks.Finish(), "[DONE]");
    }

    private static async Task<JsonElement> ComparisonAsync(GatewayServer server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await server.Http.SendAsync(request, Cancellation);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }
}
