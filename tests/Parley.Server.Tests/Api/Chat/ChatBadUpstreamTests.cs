using System.Net;
using System.Text.Json;
using Parley.Core.Tests.OpenAICompatible;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>What model servers do wrong: before the first content it is a status, after it an error in the stream, and nothing hangs.</summary>
public sealed class ChatBadUpstreamTests
{
    private const string Error = """{"error":{"message":"private words","type":"server_error","code":"overloaded"}}""";

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Beginnings => new()
    {
        { "429", 429 }, { "500", 503 }, { "400", 400 }, { "error in a 200", 503 }, { "garbage", 500 }, { "html", 500 }, { "half a chunk", 503 },
        { "closes", 503 }, { "never", 503 }, { "role, then never", 503 },
    };

    public static TheoryData<string> Middles => [.. (string[])["error in a 200", "garbage", "half a chunk", "closes", "never"]];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Stream_FailsBeforeContent_IsAStatus(string fault, int status)
    {
        await using var server = await GatewayServer.StartAsync(
            x => FailAsync(x, fault, begun: false), large: o => o.FirstTokenTimeout = fault.EndsWith("never", StringComparison.Ordinal) ? s_short : o.FirstTokenTimeout);

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        var error = await GatewayServer.ErrorAsync(response, Cancellation);
        // What is wrong with a request is for whoever made it.
        if (fault == "400") { Assert.Contains("private words", error.GetRawText(), StringComparison.Ordinal); }
        else { Assert.DoesNotContain("private words", error.GetRawText(), StringComparison.Ordinal); }
        if (status == 429)
        {
            Assert.Equal("7", response.Headers.GetValues("retry-after").Single());
            Assert.Equal("rate_limit_exceeded", error.GetProperty("type").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Middles))]
    public async Task Stream_FailsAfterContent_EndsWithAnError(string fault)
    {
        await using var server = await GatewayServer.StartAsync(
            x => FailAsync(x, fault, begun: true), large: o => o.IdleTimeout = fault == "never" ? s_short : o.IdleTimeout);

        var events = await server.EventsAsync(GatewayServer.Request(), Cancellation);

        Assert.Contains(events, e => e.Contains("Hello", StringComparison.Ordinal));
        var error = JsonDocument.Parse(events[^1]).RootElement.GetProperty("error");
        Assert.Equal("server_error", error.GetProperty("type").GetString());
        Assert.DoesNotContain("[DONE]", events);
        Assert.DoesNotContain("private words", error.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_FailsAfterContent_IsAStatus()
    {
        await using var server = await GatewayServer.StartAsync(x => FailAsync(x, "closes", begun: true));

        using var response = await server.PostAsync(GatewayServer.Request(stream: false), cancellationToken: Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"Hi"}}]}""")]
    [InlineData("""{"model":"m","id":"1","object":"x","created":1.5,"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}""")]
    [InlineData("""{"id":"1","object":"x","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"eos"}]}""")]
    public async Task Stream_ChunksOffTheBook_ArePutRight(string chunk)
    {
        await using var server = await GatewayServer.StartAsync(x => WireChunks.SendAsync(x, chunk, "[DONE]"));

        var events = await server.EventsAsync(GatewayServer.Request(), Cancellation);

        var chunks = events.SkipLast(1).Select(e => JsonDocument.Parse(e).RootElement).ToList();
        Assert.Equal("Hi", chunks[1].GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString());
        Assert.Equal("stop", chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.All(chunks, c => Assert.True(c.GetProperty("created").TryGetInt64(out _)));
    }

    [Fact]
    public async Task Stream_ServerThatDoesNotStream_IsStreamed()
    {
        await using var server = await GatewayServer.StartAsync(x => x.RespondAsync(
            200, "application/json", """{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"All at once."},"finish_reason":"stop"}]}"""));

        var events = await server.EventsAsync(GatewayServer.Request(), Cancellation);

        Assert.Contains(events, e => e.Contains("All at once.", StringComparison.Ordinal));
        Assert.Equal("[DONE]", events[^1]);
    }

    private static async Task FailAsync(LoopbackServer.Exchange exchange, string fault, bool begun)
    {
        if (fault is "429" or "500" or "400")
        {
            await exchange.RespondAsync(int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "application/json", Error, fault == "429" ? "Retry-After: 7\r\n" : "");
            return;
        }
        if (fault == "html")
        {
            await exchange.RespondAsync(200, "application/json", "<html>private words</html>");
            return;
        }
        await exchange.BeginEventsAsync();
        if (begun || fault == "role, then never") { await exchange.EventAsync(WireChunks.Role); }
        if (begun) { await exchange.EventAsync(WireChunks.Text("Hello")); }
        switch (fault)
        {
            case "error in a 200": await exchange.EventAsync(Error); break;
            case "garbage": await exchange.EventAsync("{private words"); break;
            case "half a chunk": await exchange.ChunkAsync("data: {\"id\":\"chatc"); break;
            case "closes": break;
            default: await exchange.HangAsync(); break;
        }
        if (fault is "error in a 200" or "garbage") { await exchange.EndAsync(); }
        exchange.Close();
    }
}
