using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Parley.Server.Api;
using Parley.Server.Api.Realtime;
using Parley.Server.Tests.Api.Chat;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Api.Realtime;

public sealed class ClientSecretEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Session_GivesASecretThatCarriesIt()
    {
        await using var server = await GatewayServer.StartAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        using var response = await PostAsync(server, """{"expires_after":{"anchor":"created_at","seconds":60},"session":{"type":"realtime","instructions":"Be brief."}}""");
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.StartsWith("ek_", body.GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.InRange(body.GetProperty("expires_at").GetInt64(), before + 60, before + 90);
        var session = body.GetProperty("session");
        Assert.Equal(("realtime", "Be brief."), (session.GetProperty("type").GetString(), session.GetProperty("instructions").GetString()));
        Assert.Equal("server_vad", session.GetProperty("audio").GetProperty("input").GetProperty("turn_detection").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Post_Nothing_LastsTenMinutes()
    {
        await using var server = await GatewayServer.StartAsync();
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        using var response = await PostAsync(server, "{}");
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;

        Assert.InRange(body.GetProperty("expires_at").GetInt64(), before + 600, before + 630);
        Assert.Equal("realtime", body.GetProperty("session").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Post_Transcription_KeepsItsModel()
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await PostAsync(server, """{"session":{"type":"transcription","model":"my-ears"}}""");
        var session = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("session");

        Assert.Equal(("transcription", "my-ears"), (session.GetProperty("type").GetString(), session.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData("""{"session":7}""", "session")]
    [InlineData("""{"session":{"type":"realtime","output_modalities":["smell"]}}""", "session.output_modalities[0]")]
    [InlineData("""{"session":{"type":"realtime","audio":{"output":{"speed":9}}}}""", "session.audio.output.speed")]
    [InlineData("""{"expires_after":"soon"}""", "expires_after")]
    [InlineData("""{"expires_after":{"anchor":"last_used"}}""", "expires_after.anchor")]
    [InlineData("""{"expires_after":{"seconds":9}}""", "expires_after.seconds")]
    [InlineData("""{"expires_after":{"seconds":7201}}""", "expires_after.seconds")]
    [InlineData("""{"expires_after":{"seconds":60.5}}""", "expires_after.seconds")]
    public async Task Post_WrongField_IsNamed(string body, string param)
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await PostAsync(server, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, (await GatewayServer.ErrorAsync(response, Cancellation)).GetProperty("param").GetString());
    }

    [Fact]
    public async Task Post_KeysAreAskedFor_NeitherStrangersNorSecretsGetOne()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.ApiKeys.Add("a-key"));

        using var stranger = await PostAsync(server, "{}");
        using var served = await PostAsync(server, "{}", "a-key");
        var secret = JsonDocument.Parse(await served.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("value").GetString();
        using var browser = await PostAsync(server, "{}", secret);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized], [stranger.StatusCode, served.StatusCode, browser.StatusCode]);
    }

    [Fact]
    public async Task Post_KeyHasTooMany_Is429()
    {
        await using var server = await GatewayServer.StartAsync(configure: o => o.ApiKeys.Add("a-key"));
        for (var i = 0; i < ClientSecrets.MaxOfOwner; i++) { (await PostAsync(server, "{}", "a-key")).Dispose(); }

        using var response = await PostAsync(server, "{}", "a-key");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("rate_limit_exceeded", (await GatewayServer.ErrorAsync(response, Cancellation)).GetProperty("code").GetString());
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Post_Secret_IsNotLogged()
    {
        await using var server = await GatewayServer.StartAsync();

        using var response = await PostAsync(server, """{"session":{"type":"realtime","instructions":"Private words."}}""");
        var secret = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("value").GetString()!;

        Assert.NotEmpty(server.Logs.Text);
        Assert.DoesNotContain(secret, server.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Private words", server.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Converse_ClientSecret_IsAKeyWhileItLives(bool keysAreAskedFor)
    {
        var time = new Time.VirtualClock();
        var secrets = new ClientSecrets(time);
        await using var server = await TestServer.StartAsync(keys: new ApiKeys(keysAreAskedFor ? ["a-key"] : []), secrets: secrets);
        var (value, _) = secrets.TryCreate("a-key", JsonElement.Parse("{}"), TimeSpan.FromMinutes(1))!.Value;

        using var socket = await ConnectAsync(server, value);
        time.Advance(TimeSpan.FromMinutes(1));
        var failure = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(server, value));

        Assert.Equal(WebSocketState.Open, socket.State);
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestServer server, string secret)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("parley.v1");
        socket.Options.AddSubProtocol(ShownKey.Subprotocol + secret);
        await socket.ConnectAsync(new Uri(server.WebSocket, "/v1/converse"), Cancellation);
        return socket;
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayServer server, string body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/realtime/client_secrets") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key); }
        return server.Http.SendAsync(request, Cancellation);
    }
}
