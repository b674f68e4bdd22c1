using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>What clients do wrong: each mistake has its error object.</summary>
public sealed class ChatBadInputTests
{
    private const string Hi = """{"role":"user","content":"private words"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("{", null, null)]
    [InlineData("""{"model":"large","messages":[{"role":"user","content":"private words"}]}x""", null, null)]
    [InlineData("""{"messages":[{"role":"user","content":"private words"}]}""", "model", "missing_required_parameter")]
    [InlineData("""{"model":7,"messages":[{"role":"user","content":"private words"}]}""", "model", "invalid_type")]
    [InlineData("""{"model":"large"}""", "messages", "missing_required_parameter")]
    [InlineData("""{"model":"large","messages":[]}""", "messages", "invalid_value")]
    [InlineData("""{"model":"large","messages":"private words"}""", "messages", "invalid_type")]
    [InlineData("""{"model":"large","messages":["private words"]}""", "messages[0]", "invalid_type")]
    [InlineData("""{"model":"large","messages":[{"content":"private words"}]}""", "messages[0].role", "missing_required_parameter")]
    [InlineData("""{"model":"large","messages":[{"role":"king","content":"private words"}]}""", "messages[0].role", "invalid_value")]
    [InlineData("""{"model":"large","messages":[{"role":"user"}]}""", "messages[0].content", "missing_required_parameter")]
    [InlineData("""{"model":"large","messages":[{"role":"user","content":5}]}""", "messages[0].content", "invalid_type")]
    [InlineData("""{"model":"large","messages":[{"role":"user","content":"private words \ud800"}]}""", null, null)]
    [InlineData("""{"model":"large","messages":[{"role":"user","content":[{"type":"text","text":"\uDFFF private words"}]}]}""", null, null)]
    [InlineData("""{"model":"large","messages":[{"role":"tool","tool_call_id":7,"content":"private words"}]}""", "messages[0].tool_call_id", "invalid_type")]
    public async Task Post_WrongBody_Is400AndNamesTheField(string body, string? param, string? code)
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await server.PostAsync(body, cancellationToken: Cancellation);

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, param, code);
        Assert.Empty(server.Upstream.Bodies);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_ImageIsNone_Is400AndNobodysFailure(bool hasQuick)
    {
        await using var server = await GatewayServer.StartAsync(
            quick: hasQuick ? new SimulatedChatClient(TimeProvider.System) : null, spare: WireChunks.AnswerAsync);
        const string Body = """{"model":"scripted","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"private words"},{"type":"image_url","image_url":{"url":"data:image/png"}}]}]}""";

        for (var i = 0; i < 4; i++)
        {
            using var refused = await server.PostAsync(Body, cancellationToken: Cancellation);
            await AssertRefusedAsync(refused, HttpStatusCode.BadRequest, "messages[0].content", "invalid_value");
        }

        Assert.Equal("[DONE]", (await server.EventsAsync(GatewayServer.Request(model: "scripted"), Cancellation))[^1]);
        Assert.Single(server.Scripted.Prompts);
        Assert.Empty(server.Upstream.Bodies);
    }

    [Theory]
    [InlineData("""\ud83d\ude0a""", "😊")]
    [InlineData("""\\ud800""", "\\ud800")]
    public async Task Post_WholeSurrogates_AreServed(string escaped, string text)
    {
        await using var server = await GatewayServer.StartAsync();
        await server.EventsAsync($$"""{"model":"scripted","messages":[{"role":"user","content":"{{escaped}}"}],"stream":true}""", Cancellation);
        Assert.Equal(text, Assert.Single(server.Scripted.Prompts)[0].Text);
    }

    [Theory]
    [InlineData("\"n\":2", "n", "unsupported_value")]
    [InlineData("\"stream\":\"yes\"", "stream", "invalid_type")]
    [InlineData("\"temperature\":\"hot\"", "temperature", "invalid_type")]
    [InlineData("\"max_tokens\":0", "max_tokens", "invalid_value")]
    [InlineData("\"stop\":[1]", "stop", "invalid_type")]
    [InlineData("\"tools\":{}", "tools", "invalid_type")]
    [InlineData("\"tools\":[{\"type\":\"magic\"}]", "tools[0].type", "unsupported_value")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{}}]", "tools[0].function.name", "missing_required_parameter")]
    [InlineData("\"tool_choice\":\"maybe\"", "tool_choice", "invalid_value")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format", "invalid_value")]
    [InlineData("\"stream_options\":true", "stream_options", "invalid_type")]
    public async Task Post_WrongField_Is400AndNamesIt(string field, string param, string code)
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await server.PostAsync($$"""{"model":"large","messages":[{{Hi}}],{{field}}}""", cancellationToken: Cancellation);

        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, param, code);
    }

    [Fact]
    public async Task Post_UnknownModel_Is404()
    {
        await using var server = await GatewayServer.StartAsync();
        using var response = await server.PostAsync(GatewayServer.Request(model: "gpt-9"), cancellationToken: Cancellation);
        await AssertRefusedAsync(response, HttpStatusCode.NotFound, "model", "model_not_found");
    }

    [Theory]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/chat/completions")]
    public async Task Get_UnknownRoute_Is404WithItsCode(string path)
    {
        await using var server = await GatewayServer.StartAsync();
        using var response = await server.Http.GetAsync(path, Cancellation);
        await AssertRefusedAsync(response, HttpStatusCode.NotFound, null, "unknown_url");
    }

    [Fact]
    public async Task Post_InvalidUtf8_Is400()
    {
        await using var server = await GatewayServer.StartAsync();
        using var response = await server.Http.PostAsync("/v1/chat/completions", new ByteArrayContent([(byte)'{', 0xff, (byte)'}']), Cancellation);
        await AssertRefusedAsync(response, HttpStatusCode.BadRequest, null, null);
    }

    [Fact]
    public async Task Post_HugeBody_Is413()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.MaxBodyBytes = 2048);
        using var response = await server.PostAsync(GatewayServer.Request($",\"padding\":\"{new string('x', 4096)}\""), cancellationToken: Cancellation);
        await AssertRefusedAsync(response, HttpStatusCode.RequestEntityTooLarge, null, "request_too_large");
    }

    [Fact]
    public async Task Post_BodyIsLongButAllowed_IsServed()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.MaxBodyBytes = 40_000_000);
        var events = await server.EventsAsync(GatewayServer.Request($",\"padding\":\"{new string('x', 31_000_000)}\"", "scripted"), Cancellation);
        Assert.Equal("[DONE]", events[^1]);
    }

    [Fact]
    public async Task Post_SlowBody_Is408()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.BodyTimeout = TimeSpan.FromMilliseconds(200));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"), Cancellation);

        var answer = new byte[4096];
        var length = await client.GetStream().ReadAsync(answer, Cancellation);

        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutKey_Is401AndWithKeyIsServed()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.ApiKeys.Add("client-key-one"));

        using var none = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
        using var wrong = await server.PostAsync(GatewayServer.Request(), "client-key-two", Cancellation);
        using var right = await server.PostAsync(GatewayServer.Request(), "client-key-one", Cancellation);
        using var models = await server.Http.GetAsync("/v1/models", Cancellation);

        await AssertRefusedAsync(none, HttpStatusCode.Unauthorized, null, "invalid_api_key");
        await AssertRefusedAsync(wrong, HttpStatusCode.Unauthorized, null, "invalid_api_key");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, models.StatusCode);
    }

    [Fact]
    public async Task Keys_AfterAllKindsOfCalls_AreNowhere()
    {
        await using var server = await GatewayServer.StartAsync(
            x => x.RespondAsync(401, "application/json", $$$"""{"error":{"message":"Incorrect key {{{GatewayServer.UpstreamKey}}}","type":"invalid_request_error","code":"invalid_api_key"}}"""),
            o => o.ApiKeys.Add("client-key-one"));
        var seen = new StringBuilder();
        foreach (var key in (string[])["client-key-one", "client-key-wrong"])
        {
            using var response = await server.PostAsync(GatewayServer.Request(), key, Cancellation);
            seen.Append(response).Append(await response.Content.ReadAsStringAsync(Cancellation));
        }
        foreach (var path in (string[])["/health", "/metrics", "/"]) { seen.Append(await server.Http.GetStringAsync(path, Cancellation)); }
        seen.Append(server.Logs.Text);

        Assert.NotEmpty(server.Logs.Text);
        Assert.Contains(GatewayServer.UpstreamKey, server.Upstream.Heads[0], StringComparison.Ordinal);
        Assert.DoesNotContain("client-key", seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayServer.UpstreamKey, seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hello, how are you", seen.ToString(), StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string? param, string? code)
    {
        Assert.Equal(status, response.StatusCode);
        var error = await GatewayServer.ErrorAsync(response, Cancellation);
        Assert.Equal(("invalid_request_error", param, code),
            (error.GetProperty("type").GetString(), error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.DoesNotContain("private words", error.GetRawText(), StringComparison.Ordinal);
    }
}
