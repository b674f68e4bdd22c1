using System.Net;
using System.Text.Json;
using Parley.Testing;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>What the gateway answers when all goes well.</summary>
public sealed class ChatCompletionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("large")]
    [InlineData("scripted")]
    public async Task Stream_AnyEngine_IsByTheBook(string model)
    {
        await using var server = await GatewayServer.StartAsync();

        var events = await server.EventsAsync(GatewayServer.Request(""","stream_options":{"include_usage":true}""", model), Cancellation);

        Assert.Equal("[DONE]", events[^1]);
        var chunks = events.SkipLast(1).Select(e => JsonDocument.Parse(e).RootElement).ToList();
        Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()).Distinct());
        Assert.StartsWith("chatcmpl-", chunks[0].GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.All(chunks, c => Assert.Equal((model, "chat.completion.chunk"), (c.GetProperty("model").GetString(), c.GetProperty("object").GetString())));
        Assert.Equal("""{"role":"assistant","content":""}""", Delta(chunks[0]).GetRawText());
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("{}", Delta(chunks[^2]).GetRawText());
        Assert.Empty(chunks[^1].GetProperty("choices").EnumerateArray());
        Assert.Equal(model == "large" ? 15 : 0, chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.All(chunks.SkipLast(1), c => Assert.Equal(JsonValueKind.Null, c.GetProperty("usage").ValueKind));
        Assert.Equal(model == "large" ? "Hello there." : server.Scripted.Texts[0], TextOf(chunks));
    }

    [Fact]
    public async Task Stream_WithoutUsage_HasNoChunkWithoutChoices()
    {
        await using var server = await GatewayServer.StartAsync();

        var events = await server.EventsAsync(GatewayServer.Request(), Cancellation);

        Assert.All(events.SkipLast(1), e => Assert.Single(JsonDocument.Parse(e).RootElement.GetProperty("choices").EnumerateArray()));
    }

    [Fact]
    public async Task Stream_FieldsThatNobodyKnows_GoOnAsTheyCame()
    {
        const string Image = """[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]""";
        await using var server = await GatewayServer.StartAsync();

        await server.EventsAsync(
            $$$"""{"top_k":40,"messages":[{"role":"user","content":{{{Image}}}}],"stream":true,"disable_quick_response":true,"model":"large","extra":{"a":[1,2]}}""", Cancellation);

        var sent = JsonDocument.Parse(server.Upstream.Bodies[0]).RootElement;
        Assert.Equal(("upstream-model", 40), (sent.GetProperty("model").GetString(), sent.GetProperty("top_k").GetInt32()));
        Assert.Equal("""{"a":[1,2]}""", sent.GetProperty("extra").GetRawText());
        Assert.Equal(Image, sent.GetProperty("messages")[0].GetProperty("content").GetRawText());
        Assert.False(sent.TryGetProperty("disable_quick_response", out _));
        Assert.False(sent.TryGetProperty("max_tokens", out _));
    }

    [Fact]
    public async Task Stream_FieldsOfTheAnswerThatNobodyKnows_Arrive()
    {
        await using var server = await GatewayServer.StartAsync(x => WireChunks.SendAsync(
            x, WireChunks.Delta("""{"reasoning_content":"Hm."}"""), WireChunks.Text("好的 😊 \"yes\""), WireChunks.Finish("length"), "[DONE]"));

        var events = await server.EventsAsync(GatewayServer.Request(), Cancellation);

        Assert.Contains(events, e => e.Contains("""{"reasoning_content":"Hm."}""", StringComparison.Ordinal));
        Assert.Equal("好的 😊 \"yes\"", TextOf(events.SkipLast(1).Select(e => JsonDocument.Parse(e).RootElement)));
        Assert.Contains(events, e => e.Contains("\"finish_reason\":\"length\"", StringComparison.Ordinal));
        Assert.DoesNotContain(events, e => e.Contains("upstream-model", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("large")]
    [InlineData("scripted")]
    public async Task Whole_AnyEngine_IsByTheBook(string model)
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await server.PostAsync(GatewayServer.Request(model: model, stream: false), cancellationToken: Cancellation);

        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal(("chat.completion", model), (answer.GetProperty("object").GetString(), answer.GetProperty("model").GetString()));
        var choice = answer.GetProperty("choices")[0];
        Assert.Equal(("stop", JsonValueKind.Null), (choice.GetProperty("finish_reason").GetString(), choice.GetProperty("logprobs").ValueKind));
        Assert.Equal(model == "large" ? "Hello there." : server.Scripted.Texts[0], choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("refusal").ValueKind);
        Assert.Equal(model == "large" ? 12 : 0, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Tools_StreamedAndWhole_PassBothWays()
    {
        await using var server = await GatewayServer.StartAsync(x => WireChunks.SendAsync(
            x, WireChunks.Role,
            WireChunks.Delta("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look_up","arguments":""}}]}"""),
            WireChunks.Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"word\":"}}]}"""),
            WireChunks.Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"\"tea\"}"}}]}"""),
            WireChunks.Finish("tool_calls"), "[DONE]"));
        const string Tools = ""","tools":[{"type":"function","function":{"name":"look_up","strict":true,"parameters":{"type":"object"}}}],"tool_choice":"required" """;

        var events = await server.EventsAsync(GatewayServer.Request(Tools), Cancellation);
        using var response = await server.PostAsync(GatewayServer.Request(Tools, stream: false), cancellationToken: Cancellation);

        Assert.Contains("\"strict\":true", server.Upstream.Bodies[0], StringComparison.Ordinal);
        Assert.Equal(3, events.Count(e => e.Contains("tool_calls\":[", StringComparison.Ordinal)));
        var choice = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Equal(
            """{"id":"call_1","type":"function","function":{"name":"look_up","arguments":"{\"word\":\"tea\"}"}}""",
            choice.GetProperty("message").GetProperty("tool_calls")[0].GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("whole", """{"id":"a","type":"function","function":{"name":"f","arguments":"{\"n\":1}"}},{"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}""")]
    [InlineData("one after the other", """{"id":"a","function":{"name":"f","arguments":"{\"n\":1}"}}""", """{"id":"b","function":{"name":"g","arguments":"{}"}}""")]
    [InlineData("in pieces", """{"id":"a","function":{"name":"f","arguments":"{\"n\":"}}""", """{"function":{"arguments":"1}"}}""", """{"id":"b","function":{"name":"g"}}""")]
    public async Task Tools_WithoutIndex_AreKeptApart(string server, params string[] pieces)
    {
        await using var gateway = await GatewayServer.StartAsync(x => WireChunks.SendAsync(
            x, [WireChunks.Role, .. pieces.Select(p => WireChunks.Delta($$"""{"tool_calls":[{{p}}]}""")), WireChunks.Finish("tool_calls"), WireChunks.Usage, "[DONE]"]));
        const string Tools = ""","tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}]""";

        var events = await gateway.EventsAsync(GatewayServer.Request(Tools), Cancellation);
        using var response = await gateway.PostAsync(GatewayServer.Request(Tools, stream: false), cancellationToken: Cancellation);

        var streamed = events.SkipLast(1).Select(e => JsonDocument.Parse(e).RootElement.GetProperty("choices")[0]).ToList();
        var choice = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("choices")[0];
        Assert.Equal(("tool_calls", "tool_calls"), (choice.GetProperty("finish_reason").GetString(), streamed[^1].GetProperty("finish_reason").GetString()));
        JsonElement[] calls = [.. streamed.Where(c => c.GetProperty("delta").TryGetProperty("tool_calls", out _)).SelectMany(c => c.GetProperty("delta").GetProperty("tool_calls").EnumerateArray())];
        Assert.Equal([0, 1], calls.Select(c => c.GetProperty("index").GetInt32()));
        foreach (var side in (JsonElement[][])[calls, [.. choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray()]])
        {
            Assert.True(side.Select(c => (c.GetProperty("id").GetString(), c.GetProperty("function").GetProperty("name").GetString(), c.GetProperty("function").GetProperty("arguments").GetString()))
                .SequenceEqual([("a", "f", """{"n":1}"""), ("b", "g", "{}")]), server);
        }
    }

    [Fact]
    public async Task Whole_FieldsOfTheAnswerThatNobodyKnows_Arrive()
    {
        await using var server = await GatewayServer.StartAsync(x => WireChunks.SendAsync(
            x, WireChunks.Delta("""{"role":"assistant","content":"","reasoning_content":"H","reasoning_details":[{"text":"H"}]}"""),
            WireChunks.Delta("""{"reasoning_content":"m.","reasoning_details":[{"text":"m."}],"extra":{"n":1}}"""),
            WireChunks.Text("Yes."), WireChunks.Delta("""{"extra":{"n":2},"note":null}"""), WireChunks.Finish(), "[DONE]"));

        using var response = await server.PostAsync(GatewayServer.Request(stream: false), cancellationToken: Cancellation);

        var message = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(("Yes.", "Hm."), (message.GetProperty("content").GetString(), message.GetProperty("reasoning_content").GetString()));
        Assert.Equal("""[{"text":"H"},{"text":"m."}]""", message.GetProperty("reasoning_details").GetRawText());
        Assert.Equal(2, message.GetProperty("extra").GetProperty("n").GetInt32());
        Assert.Equal("assistant", message.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Stream_ClientGoes_StopsTheEngine()
    {
        await using var server = await GatewayServer.StartAsync();
        server.Scripted.HangsAfter = 2;
        using var goes = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        using (var response = await server.PostAsync(GatewayServer.Request(model: "scripted"), cancellationToken: goes.Token))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
            Assert.True(await body.ReadAsync(new byte[64], Cancellation) > 0);
            Assert.Equal(1, server.Scripted.Active);
        }

        await Eventually.TrueAsync(() => server.Scripted.Active == 0, () => "The engine goes on for nobody.");
    }

    [Fact]
    public async Task Alias_OfAModel_AnswersUnderItsOwnName()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.Aliases["gpt-4o"] = "scripted");

        var events = await server.EventsAsync(GatewayServer.Request(model: "gpt-4o"), Cancellation);

        Assert.Contains("\"model\":\"gpt-4o\"", events[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_List_HasEnginesAliasesAndTheDefault()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.Aliases["vendor/model"] = "large");

        var list = JsonDocument.Parse(await server.Http.GetStringAsync("/v1/models", Cancellation)).RootElement;
        var one = JsonDocument.Parse(await server.Http.GetStringAsync("/v1/models/vendor%2Fmodel", Cancellation)).RootElement;
        using var none = await server.Http.GetAsync("/v1/models/nobody", Cancellation);

        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(["parley", "auto", "large", "scripted", "vendor/model"], list.GetProperty("data").EnumerateArray().Take(5).Select(m => m.GetProperty("id").GetString()));
        Assert.Equal(("vendor/model", "model", "parley"),
            (one.GetProperty("id").GetString(), one.GetProperty("object").GetString(), one.GetProperty("owned_by").GetString()));
        Assert.True(one.GetProperty("created").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal("model_not_found", (await GatewayServer.ErrorAsync(none, Cancellation)).GetProperty("code").GetString());
    }

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");

    private static string TextOf(IEnumerable<JsonElement> chunks) => string.Concat(
        chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray())
            .Select(c => c.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : ""));
}
