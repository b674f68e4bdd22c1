using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Chat;
using Parley.Replies;
using Parley.Replies.Wire;
using Parley.Time;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>The client against a server that does what servers do, good and bad.</summary>
public sealed class OpenAIChatClientTests
{
    private const string Secret = "sk-very-secret";
    private const string Said = "my private words";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStreamingResponseAsync_GoodAnswer_GivesTextFinishReasonAndUsage()
    {
        await using var server = new LoopbackServer(Chunks.AnswerAsync);
        using var client = Client(server);

        var response = await client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation);

        Assert.Equal("Hello there.", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(12, response.Usage?.InputTokenCount);
        Assert.Equal(3, response.Usage?.OutputTokenCount);
        Assert.Equal(4, response.Usage?.CachedInputTokenCount);
        Assert.Equal("m", response.ModelId);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Request_HoldsWhatWasAskedAndNothingOfOurs()
    {
        await using var server = new LoopbackServer(Chunks.AnswerAsync);
        using var client = Client(server, o => o.Headers["x-gateway"] = "one");
        var assistant = new ChatMessage(ChatRole.Assistant, "Hi.") { AdditionalProperties = new() { ["parley.state"] = "hidden" } };
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            ModelId = "other",
            MaxOutputTokens = 50,
            TopP = 0.5f,
            Seed = 7,
            StopSequences = ["END"],
            AdditionalProperties = new() { ["parley.scenario"] = "cafe" },
        };

        await client.GetResponseAsync([new(ChatRole.System, "You teach."), assistant, new(ChatRole.User, Said)], options, Cancellation);

        var body = JsonDocument.Parse(server.Bodies[0]).RootElement;
        Assert.Equal(["system", "assistant", "user"], body.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Equal(["You teach.\nBe brief.", "Hi.", Said], body.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("content").GetString()));
        Assert.Equal("other", body.GetProperty("model").GetString());
        Assert.True(body.GetProperty("stream").GetBoolean());
        Assert.True(body.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        Assert.Equal(50, body.GetProperty("max_tokens").GetInt32());
        Assert.Equal(7, body.GetProperty("seed").GetInt32());
        Assert.Equal("END", body.GetProperty("stop")[0].GetString());
        Assert.False(body.TryGetProperty("tools", out _));
        Assert.DoesNotContain("parley", server.Bodies[0], StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {Secret}", server.Heads[0], StringComparison.Ordinal);
        Assert.Contains("x-gateway: one", server.Heads[0], StringComparison.Ordinal);
        Assert.StartsWith("POST /v1/chat/completions ", server.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_TwoTurns_ShareOneConnection()
    {
        await using var server = new LoopbackServer(Chunks.AnswerAsync);
        using var client = Client(server);
        for (var i = 0; i < 3; i++) { await client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation); }
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ToolCallInPieces_IsPutTogether()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Tool("""{"index":0,"id":"call_1","type":"function","function":{"name":"look_up","arguments":""}}"""));
            await exchange.EventAsync(Tool("""{"index":0,"function":{"arguments":"{\"word\":"}}"""));
            await exchange.EventAsync(Tool("""{"index":0,"function":{"arguments":"\"decaf\"}"}}"""));
            await exchange.EventAsync(Chunks.Finish("tool_calls"));
            await exchange.EventAsync("[DONE]");
            await exchange.EndAsync();
        });
        using var client = Client(server);
        var tool = AIFunctionFactory.CreateDeclaration("look_up", "Explains a word.", JsonDocument.Parse("""{"type":"object"}""").RootElement);

        var response = await client.GetResponseAsync([new(ChatRole.User, Said)], new ChatOptions { Tools = [tool] }, Cancellation);

        var call = Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("call_1", "look_up", "decaf"), (call.CallId, call.Name, call.Arguments!["word"]!.ToString()));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);

        await client.GetResponseAsync(
            [new(ChatRole.User, Said), response.Messages[0], new(ChatRole.Tool, [new FunctionResultContent("call_1", "coffee")])],
            new ChatOptions { Tools = [tool] }, Cancellation);
        var messages = JsonDocument.Parse(server.Bodies[1]).RootElement.GetProperty("messages");
        Assert.Equal("""{"word":"decaf"}""", messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
        Assert.Equal(("tool", "call_1", "coffee"), (messages[2].GetProperty("role").GetString(),
            messages[2].GetProperty("tool_call_id").GetString(), messages[2].GetProperty("content").GetString()));

        static string Tool(string call) => $$"""{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"tool_calls":[{{call}}]},"finish_reason":null}]}""";
    }

    [Theory]
    [InlineData("interleaved", """{"index":0,"id":"a","function":{"name":"x","arguments":"{\"n\":"}}""", """{"index":1,"id":"b","function":{"name":"y","arguments":"{}"}}""", """{"index":0,"function":{"arguments":"1}"}}""")]
    [InlineData("no index, whole calls", """{"id":"a","function":{"name":"x","arguments":"{\"n\":1}"}}""", """{"id":"b","function":{"name":"y","arguments":"{}"}}""")]
    [InlineData("no index, in pieces", """{"id":"a","function":{"name":"x","arguments":"{\"n\":"}}""", """{"id":"a","function":{"arguments":"1}"}}""", """{"id":"b","function":{"name":"y"}}""")]
    public async Task GetStreamingResponseAsync_SeveralToolCalls_AreKeptApart(string server, params string[] pieces)
    {
        var calls = await CallsOfAsync(pieces);
        Assert.True(calls is [{ CallId: "a", Name: "x" }, { CallId: "b", Name: "y" }], server);
        Assert.Equal("1", calls[0].Arguments!["n"]!.ToString());
        Assert.All(calls, c => Assert.Null(c.Exception));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ToolCallIsDamaged_SaysSoInTheCall()
    {
        var call = Assert.Single(await CallsOfAsync("""{"index":0,"function":{"name":"x","arguments":"{\"n\":"}}"""));
        Assert.Equal(("call_0", "x"), (call.CallId, call.Name));
        Assert.IsType<JsonException>(call.Exception!.InnerException ?? call.Exception);
    }

    private static async Task<List<FunctionCallContent>> CallsOfAsync(params string[] pieces)
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            foreach (var piece in pieces)
            {
                await exchange.EventAsync($$"""{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{{piece}}]},"finish_reason":null}]}""");
            }
            await exchange.EventAsync(Chunks.Finish("tool_calls"));
            await exchange.EndAsync();
        });
        using var client = Client(server);
        var response = await client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation);
        return [.. response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>()];
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ServerDoesNotStream_TakesTheDocument()
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(200, "application/json",
            """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Whole."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""));
        using var client = Client(server);
        var response = await client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation);
        Assert.Equal(("Whole.", 2L), (response.Text, response.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_NoDoneButFinished_IsComplete()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync(": keep-alive\n\n");
            await exchange.EventAsync(Chunks.Text("Hi."));
            await exchange.EventAsync(Chunks.Finish("length"));
            await exchange.EndAsync();
        });
        using var client = Client(server);
        var response = await client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation);
        Assert.Equal(("Hi.", ChatFinishReason.Length), (response.Text, response.FinishReason));
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task GetStreamingResponseAsync_RefusedWithErrorObject_ThrowsWithStatusAndCode(int status, bool isTransient)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(status, "application/json",
            $$$"""{"error":{"message":"Bad key {{{Secret}}} for {{{Said}}}","type":"some_type","param":null,"code":"some_code"}}"""));

        var problem = await FailAsync(server);

        Assert.Equal(isTransient, problem.IsTransient);
        Assert.Contains($"{status} (some_type, some_code)", problem.Message, StringComparison.Ordinal);
        Assert.Equal(status, problem.Data["parley.http_status"]);
    }

    [Theory]
    [InlineData("retry-after: 7\r\n", 7000)]
    [InlineData("retry-after-ms: 250\r\nretry-after: 7\r\n", 250)]
    [InlineData("retry-after: Tue, 01 Jan 2030 00:00:30 GMT\r\n", 30_000)]
    public async Task GetStreamingResponseAsync_RetryAfter_IsGivenAsData(string header, int milliseconds)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(429, "text/plain", "slow down", header));
        var problem = await FailAsync(server, new VirtualClock());
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), problem.Data["parley.retry_after"]);
    }

    [Theory]
    [InlineData("server_error", true)]
    [InlineData("invalid_request_error", false)]
    public async Task GetStreamingResponseAsync_ErrorInMidStream_ThrowsAfterTheText(string type, bool isTransient)
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Chunks.Text("Hel"));
            await exchange.EventAsync($$$"""{"error":{"message":"{{{Said}}}","type":"{{{type}}}"}}""");
            await exchange.EndAsync();
        });
        using var client = Client(server);
        var text = "";

        var problem = await Assert.ThrowsAsync<VoiceException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, Said)], null, Cancellation)) { text += update.Text; }
        });

        Assert.Equal("Hel", text);
        Assert.Equal(isTransient, problem.IsTransient);
        Assert.DoesNotContain(Said, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", """{"error":{"message":"no","type":"server_error"}}""", true)]
    [InlineData("application/json", """{"error":"my private words"}""", false)]
    [InlineData("application/json", "{ not json", false)]
    [InlineData("application/json", """{"hello":"world"}""", false)]
    [InlineData("text/event-stream", "data: { my private words\n\n", false)]
    [InlineData("text/event-stream", "data: []\n\n", false)]
    [InlineData("text/event-stream", "", true)]
    [InlineData("text/html", "<html>sign in</html>", true)]
    public async Task GetStreamingResponseAsync_SuccessThatIsNone_Throws(string contentType, string body, bool isTransient)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(200, contentType, body));
        Assert.Equal(isTransient, (await FailAsync(server)).IsTransient);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetStreamingResponseAsync_EndsBeforeItIsFinished_Throws(bool isOrderly)
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Chunks.Text("Hel"));
            if (isOrderly) { await exchange.EndAsync(); }
            exchange.Close();
        });
        Assert.True((await FailAsync(server)).IsTransient);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_EndlessAnswer_IsCutOffAtTheLimit()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            while (true) { await exchange.ChunkAsync(new string('x', 4096)); }
        });
        Assert.Contains("not an answer", (await FailAsync(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_NobodyListens_ThrowsTransient()
    {
        using var nobody = new DeafPort();
        using var client = new OpenAIChatClient(new OpenAIChatOptions { BaseUrl = nobody.BaseUrl, WarmUpInterval = TimeSpan.Zero });
        var problem = await Assert.ThrowsAsync<VoiceException>(() => client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation));
        Assert.True(problem.IsTransient);
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(1, 15)]
    [InlineData(2, 10)]
    public async Task GetStreamingResponseAsync_Stalls_ThrowsAfterTheTimeout(int stage, int seconds)
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            if (stage > 0) { await exchange.BeginEventsAsync(); }
            if (stage > 1) { await exchange.EventAsync(Chunks.Text("Hel")); }
            await exchange.HangAsync();
        });
        var clock = new VirtualClock();
        using var client = Client(server, clock: clock);
        await using var updates = client.GetStreamingResponseAsync([new(ChatRole.User, Said)], null, Cancellation).GetAsyncEnumerator(Cancellation);
        if (stage > 1) { Assert.True(await updates.MoveNextAsync()); }
        var next = updates.MoveNextAsync().AsTask();

        await clock.WaitForTimersAsync(1, Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await clock.FireUntilAsync(next);

        var problem = await Assert.ThrowsAsync<VoiceException>(() => next);
        Assert.True(problem.IsTransient);
        Assert.Contains($"within {seconds} seconds", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, """{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]}""")]
    [InlineData(false, """{"reasoning_content":"Hm"}""")]
    [InlineData(false, """{"reasoning":"Hm"}""")]
    [InlineData(true, """{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]}""")]
    [InlineData(true, """{"tool_calls":[{"function":{"arguments":"{"}}]}""")]
    public async Task GetStreamingResponseAsync_PiecesWithoutTextComeSteadily_AreNoStall(bool isRelayed, string delta)
    {
        using var next = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            for (var i = 0; i < 3; i++)
            {
                await next.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
                await exchange.EventAsync($$"""{"id":"c","object":"x","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}""");
            }
            await exchange.EventAsync(Chunks.Finish());
            await exchange.EndAsync();
        });
        var clock = new VirtualClock();
        using var client = Client(server, clock: clock);
        List<ChatMessage> messages = [new(ChatRole.User, Said)];
        var options = isRelayed ? new ChatOptions { AdditionalProperties = new() { [ReplyProperties.Wire] = new WireRequest("{}"u8.ToArray(), messages) } } : null;
        await using var updates = client.GetStreamingResponseAsync(messages, options, Cancellation).GetAsyncEnumerator(Cancellation);

        for (var i = 0; i < 3; i++)
        {
            var update = updates.MoveNextAsync().AsTask();
            await clock.WaitForTimersAsync(1, Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            clock.Advance(TimeSpan.FromSeconds(8));
            next.Release();
            Assert.True(await update.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        }

        Assert.True(await updates.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        Assert.NotNull(updates.Current.FinishReason);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CancelledWhileWaiting_ThrowsCancellation()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var server = new LoopbackServer(async exchange =>
        {
            await cancel.CancelAsync();
            await exchange.HangAsync();
        });
        using var client = Client(server);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: cancel.Token));
    }

    [Fact]
    public void Registration_WithoutBaseUrl_SaysWhatToSet()
    {
        var registration = OpenAIChatEngine.Registration(new OpenAIChatOptions());
        var status = registration.Probe();
        Assert.False(status.Available);
        Assert.Contains("BaseUrl", status.Remedy, StringComparison.Ordinal);
        Assert.Throws<VoiceException>(() => registration.Create());
    }

    [Fact]
    public void Registration_WithBaseUrl_IsAvailableWithoutACall()
    {
        var registration = OpenAIChatEngine.Registration(new OpenAIChatOptions { BaseUrl = new Uri("http://127.0.0.1:9/v1"), ApiKey = Secret });
        var status = registration.Probe();
        Assert.True(status.Available);
        Assert.DoesNotContain(Secret, status.ToString(), StringComparison.Ordinal);
    }

    private static OpenAIChatClient Client(LoopbackServer server, Action<OpenAIChatOptions>? configure = null, TimeProvider? clock = null)
    {
        var options = new OpenAIChatOptions { BaseUrl = server.BaseUrl, ApiKey = Secret, MaxResponseBytes = 256 << 10, WarmConnections = 0, WarmUpInterval = TimeSpan.Zero };
        configure?.Invoke(options);
        return new OpenAIChatClient(options, clock);
    }

    // Whatever fails, neither the key nor what was said may be in it.
    private static async Task<VoiceException> FailAsync(LoopbackServer server, TimeProvider? clock = null)
    {
        using var client = Client(server, clock: clock);
        var problem = await Assert.ThrowsAsync<VoiceException>(() => client.GetResponseAsync([new(ChatRole.User, Said)], cancellationToken: Cancellation));
        Assert.Equal(VoiceStage.Reply, problem.Stage);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Said, problem.ToString(), StringComparison.Ordinal);
        return problem;
    }
}
