using System.Net;
using System.Text.Json;
using Parley.Core.Tests.OpenAICompatible;
using Parley.OpenAICompatible.Chat;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>A large model that dies, over real sockets: its fallback answers in the same stream.</summary>
public sealed class ChatFallbackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Deaths => [.. (string[])["reset", "500", "stall", "role, then reset", "role with an empty list, then reset", "error in a 200"]];

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task Stream_LargeModelDiesAfterTheOpener_FallbackTakesOverInTheSameStream(string death)
    {
        var opened = new TaskCompletionSource();
        await using var server = await GatewayServer.StartAsync(
            async x => { await opened.Task; await DieAsync(x, death); }, quick: new SimulatedChatClient(TimeProvider.System) { Texts = ["Sure,"] },
            spare: async x => { await opened.Task; await AnswerAsync(x); }, large: o => Hasten(o, death));

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
        opened.SetResult();
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        AssertOneAnswer("Sure, I am fine.", text);
        Assert.NotEmpty(server.Upstream.Bodies);
        Assert.Contains("A short opener", Assert.Single(server.Spare!.Bodies), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task Stream_LargeModelDiesBeforeContent_FallbackAnswersWithout(string death)
    {
        await using var server = await GatewayServer.StartAsync(x => DieAsync(x, death), spare: AnswerAsync, large: o => Hasten(o, death));

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        AssertOneAnswer("Sure! I am fine.", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Whole_LargeModelDies_FallbackAnswers()
    {
        await using var server = await GatewayServer.StartAsync(x => DieAsync(x, "reset"), spare: AnswerAsync);

        using var response = await server.PostAsync(GatewayServer.Request(stream: false), cancellationToken: Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Sure! I am fine.", MessageOf(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_LargeModelDiesInMidAnswer_FallbackGoesOnWithIt(bool stream)
    {
        await using var server = await GatewayServer.StartAsync(
            async x =>
            {
                await x.BeginEventsAsync();
                await x.EventAsync(WireChunks.Role);
                await x.EventAsync(WireChunks.Text("Caf\u00e9s \"open\" "));
                string[] clock = stream ? ["""at \ud83d""", """\udd51 nine"""] : ["""at \ud83d\udd51 nine"""];
                foreach (var piece in clock) { await x.EventAsync(WireChunks.Delta($$"""{"content":"{{piece}}"}""")); }
                x.Reset();
            },
            spare: x => WireChunks.SendAsync(x, WireChunks.Role, WireChunks.Text(" every day."), WireChunks.Finish(), "[DONE]"));

        using var response = await server.PostAsync(GatewayServer.Request(stream: stream), cancellationToken: Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);

        const string Told = "Caf\u00e9s \"open\" at \U0001F551 nine";
        var sent = JsonDocument.Parse(Assert.Single(server.Spare!.Bodies)).RootElement.GetProperty("messages");
        Assert.Equal(("assistant", Told), (sent[2].GetProperty("role").GetString(), sent[2].GetProperty("content").GetString()));
        Assert.Single(server.Upstream.Bodies);
        if (!stream) { Assert.Equal(Told + " every day.", MessageOf(answer)); }
        else
        {
            // The halves of the clock came in two chunks, and go on as they came.
            Assert.Contains("""{"content":"at \ud83d"}""", answer, StringComparison.Ordinal);
            Assert.Contains(" every day.", answer, StringComparison.Ordinal);
            Assert.EndsWith("data: [DONE]\n\n", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("\"error\"", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answer_LargeModelDiesInMidAnswer_FallbackIsAskedAsTheClientAsked()
    {
        const string Image = """{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}""";
        await using var server = await GatewayServer.StartAsync(
            async x =>
            {
                await x.BeginEventsAsync();
                await x.EventAsync(WireChunks.Text("A \"tea"));
                x.Reset();
            },
            spare: x => WireChunks.SendAsync(x, WireChunks.Text("pot\"."), WireChunks.Finish(), "[DONE]"));

        var events = await server.EventsAsync(
            $$"""{"model":"large","messages":[{"role":"system","content":"Be brief."},{{Image}} ],"stream":true,"top_k":40,"temperature":0.1}""", Cancellation);

        Assert.DoesNotContain(events, e => e.Contains("\"error\"", StringComparison.Ordinal));
        var sent = JsonDocument.Parse(Assert.Single(server.Spare!.Bodies)).RootElement;
        Assert.Equal((40, 0.1), (sent.GetProperty("top_k").GetInt32(), sent.GetProperty("temperature").GetDouble()));
        Assert.False(sent.TryGetProperty("max_tokens", out _));
        var messages = sent.GetProperty("messages");
        Assert.Equal(["system", "user", "assistant"], messages.EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.StartsWith("Be brief.\nYour answer, the last message, broke off.", messages[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(Image, messages[1].GetRawText());
        Assert.Equal("A \"tea", messages[2].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"{"}}]}""")]
    [InlineData("""{"reasoning_content":"The user asks"}""")]
    public async Task Stream_DiesInWhatNobodyCanGoOnWith_EndsWithAnError(string delta)
    {
        await using var server = await GatewayServer.StartAsync(
            async x =>
            {
                await x.BeginEventsAsync();
                await x.EventAsync(WireChunks.Delta(delta));
                x.Reset();
            },
            spare: AnswerAsync);

        var events = await server.EventsAsync(GatewayServer.Request(), Cancellation);

        Assert.Equal("server_error", JsonDocument.Parse(events[^1]).RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.Empty(server.Spare!.Bodies);
    }

    [Fact]
    public async Task Stream_DiesAfterItsFinish_IsWhole()
    {
        await using var server = await GatewayServer.StartAsync(
            async x =>
            {
                await x.BeginEventsAsync();
                await x.EventAsync(WireChunks.Text("Done."));
                await x.EventAsync(WireChunks.Finish());
                x.Reset();
            },
            spare: AnswerAsync);

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);

        AssertOneAnswer("Done.", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(server.Spare!.Bodies);
    }

    /// <summary>One answer of one id, with one end and no error.</summary>
    private static void AssertOneAnswer(string expected, string events)
    {
        Assert.DoesNotContain("\"error\"", events, StringComparison.Ordinal);
        Assert.Equal(expected, WireChunks.TextOf(events));
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
        var chunks = events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Select(e => JsonDocument.Parse(e["data: ".Length..]).RootElement).ToList();
        Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()).Distinct());
        Assert.Single(chunks, c => c.GetProperty("choices")[0].GetProperty("finish_reason").ValueKind == JsonValueKind.String);
    }

    private static string? MessageOf(string completion) => JsonDocument.Parse(completion).RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();

    private static Task AnswerAsync(LoopbackServer.Exchange exchange) => WireChunks.SendAsync(
        exchange, WireChunks.Role, WireChunks.Text("Sure"), WireChunks.Text("! I am"), WireChunks.Text(" fine."), WireChunks.Finish(), "[DONE]");

    /// <summary>A server that stalls is given up soon.</summary>
    private static void Hasten(OpenAIChatOptions large, string death)
    {
        if (death == "stall") { large.FirstTokenTimeout = TimeSpan.FromMilliseconds(400); }
    }

    private static async Task DieAsync(LoopbackServer.Exchange exchange, string death)
    {
        switch (death)
        {
            case "500": await exchange.RespondAsync(500, "application/json", """{"error":{"message":"private words","type":"server_error"}}"""); break;
            case "stall": await exchange.HangAsync(); break;
            case "error in a 200": await WireChunks.SendAsync(exchange, """{"error":{"message":"private words","type":"server_error"}}"""); break;
            case "role, then reset" or "role with an empty list, then reset":
                await exchange.BeginEventsAsync();
                await exchange.EventAsync(death.Contains("list", StringComparison.Ordinal)
                    ? WireChunks.Delta("""{"role":"assistant","content":"","reasoning":null,"reasoning_details":[]}""") : WireChunks.Role);
                exchange.Reset();
                break;
            default: exchange.Reset(); break;
        }
    }
}
