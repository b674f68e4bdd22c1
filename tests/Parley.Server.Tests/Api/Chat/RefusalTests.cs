using System.Net;
using System.Text;
using System.Text.Json;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>What a model server says of a bad request reaches the client whose request it was, without keys, and nobody else.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task Stream_UpstreamBlamesTheRequest_ClientLearnsWhatIsWrong(int status)
    {
        await using var server = await GatewayServer.StartAsync(x => x.RespondAsync(status, "application/json",
            """{"error":{"message":"This model has 8192 tokens, but 'messages' has 9000.","type":"invalid_request_error","code":"context_length_exceeded","param":"messages"}}"""));

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await GatewayServer.ErrorAsync(response, Cancellation);
        Assert.Contains("This model has 8192 tokens, but 'messages' has 9000.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(("context_length_exceeded", "messages"), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    [Theory]
    [InlineData("Incorrect key " + GatewayServer.UpstreamKey, GatewayServer.UpstreamKey)]
    [InlineData("Header was 'Bearer " + GatewayServer.UpstreamKey + "'.", GatewayServer.UpstreamKey)]
    [InlineData("Key nobody-may-see is wrong.", "nobody-may-see")]
    [InlineData("Key sk-proj-abc123DEF456 is wrong.", "abc123DEF456")]
    [InlineData("Key sk-ab****************wxyz is wrong.", "wxyz")]
    [InlineData("Got Authorization: bearer q8TuvWxyz", "q8TuvWxyz")]
    [InlineData("Key AIzaSyA1234567890 is wrong.", "SyA1234567890")]
    public async Task Stream_MessageQuotesAKey_KeyIsMasked(string message, string secret)
    {
        await using var server = await GatewayServer.StartAsync(
            x => x.RespondAsync(400, "application/json", JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", code = "sk-secret-code", param = "key" } })));

        var seen = await SeenAsync(server);

        Assert.Contains("***", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayServer.UpstreamKey, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_UpstreamBlamesTheRequest_LogsHealthAndMetricsDoNotLearnIt()
    {
        await using var server = await GatewayServer.StartAsync(
            x => x.RespondAsync(400, "application/json", """{"error":{"message":"Cannot take: private words","type":"invalid_request_error"}}"""));

        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
        var told = await response.Content.ReadAsStringAsync(Cancellation);
        var elsewhere = new StringBuilder(server.Logs.Text);
        foreach (var path in (string[])["/health", "/metrics", "/"]) { elsewhere.Append(await server.Http.GetStringAsync(path, Cancellation)); }

        Assert.Contains("private words", told, StringComparison.Ordinal);
        Assert.DoesNotContain("private words", elsewhere.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_MessageOfAServerFault_IsNotPassedOn()
    {
        await using var server = await GatewayServer.StartAsync(
            x => x.RespondAsync(500, "application/json", """{"error":{"message":"private words","type":"server_error"}}"""));

        Assert.DoesNotContain("private words", await SeenAsync(server), StringComparison.Ordinal);
    }

    private static async Task<string> SeenAsync(GatewayServer server)
    {
        using var response = await server.PostAsync(GatewayServer.Request(), cancellationToken: Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation) + response + server.Logs.Text;
    }
}
