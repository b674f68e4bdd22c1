using System.Net;
using System.Net.WebSockets;
using Parley.Server.Api;
using Parley.Server.Tests.Hosting;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Api;

/// <summary>Where keys are asked for, a conversation needs one before it is opened.</summary>
public sealed class WebSocketKeyTests
{
    private const string Key = "a-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Bearer a-key")]
    [InlineData("bearer  a-key ")]
    [InlineData(null, "parley.v1", "parley.key.a-key")]
    [InlineData(null, "openai-insecure-api-key.a-key", "parley.v1")]
    [InlineData("Bearer a-key", "parley.key.another", "parley.v1")]
    public async Task Converse_GoodKey_IsOpened(string? header, params string[] subprotocols)
    {
        await using var server = await TestServer.StartAsync(keys: new ApiKeys(["other", Key]));
        using var socket = Socket(header, subprotocols);

        await socket.ConnectAsync(Address(server), Cancellation);

        Assert.Equal(WebSocketState.Open, socket.State);
        Assert.Equal(subprotocols.Length == 0 ? null : "parley.v1", socket.SubProtocol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Basic a-key")]
    [InlineData("Bearer ")]
    [InlineData(null, "parley.v1")]
    [InlineData(null, "parley.v1", "parley.key.wrong")]
    [InlineData("Bearer wrong", "parley.v1", "parley.key.a-key")]
    public async Task Converse_NoGoodKey_Is401(string? header, params string[] subprotocols)
    {
        await using var server = await TestServer.StartAsync(keys: new ApiKeys([Key]));
        using var socket = Socket(header, subprotocols);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(server), Cancellation));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
        Assert.Equal(0, server.Sessions.Count);
    }

    [Theory]
    [InlineData("?token=a-key", true)]
    [InlineData("?token=wrong", false)]
    [InlineData("?token=", false)]
    public async Task Converse_KeyInTheAddress_IsAsGoodAsAnother(string query, bool isGood)
    {
        await using var server = await TestServer.StartAsync(keys: new ApiKeys([Key]));
        using var socket = Socket(null, []);

        var refusal = await Record.ExceptionAsync(() => socket.ConnectAsync(new Uri(Address(server), query), Cancellation));

        Assert.Equal(isGood, refusal is null);
    }

    [Fact]
    public async Task Request_KeyInTheAddress_Is401()
    {
        await using var server = await TestServer.StartAsync(keys: new ApiKeys([Key]));
        using var http = new HttpClient { BaseAddress = server.Http };

        using var response = await http.GetAsync("/v1/converse?token=a-key", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Converse_NoKey_HasTheErrorObject()
    {
        await using var server = await TestServer.StartAsync(keys: new ApiKeys([Key]));
        using var http = new HttpClient { BaseAddress = server.Http };

        using var response = await http.GetAsync("/v1/converse", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_api_key", (await Chat.GatewayServer.ErrorAsync(response, Cancellation)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Converse_ClientWithKey_Talks()
    {
        await using var server = await TestServer.StartAsync(keys: new ApiKeys([Key]));
        using var client = new ConverseConnection(TimeProvider.System, Key);
        await client.ConnectAsync(server.WebSocket, cancellationToken: Cancellation);

        await client.SendAsync(new SessionStart(), Cancellation);

        Assert.IsType<SessionReady>(await client.ReceiveAsync(Cancellation));
    }

    private static Uri Address(TestServer server) => new(server.WebSocket, "/v1/converse");

    private static ClientWebSocket Socket(string? header, string[] subprotocols)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (header is not null) { socket.Options.SetRequestHeader("Authorization", header); }
        foreach (var subprotocol in subprotocols) { socket.Options.AddSubProtocol(subprotocol); }
        return socket;
    }
}
