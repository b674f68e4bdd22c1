using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Realtime;

/// <summary>OpenAI's Realtime clients from npm: spoken and written turns, an interruption, a truncation, a function call, errors, client secrets.</summary>
public sealed class NpmRealtimeTests
{
    [Theory]
    [InlineData("ws", false)]
    [InlineData("ws", true)]
    [InlineData("websocket", true)]
    public async Task OpenAI_AllScenarios_AreUnderstood(string client, bool tls)
    {
        await using var stock = await StockServer.StartAsync();

        await NpmClients.AssertRightAsync(
            "realtime.mjs", "openai", [client, new Uri(tls ? stock.Server.Https : stock.Server.Http, "/v1").AbsoluteUri, StockServer.Key, stock.Speech],
            stock.Trusted, webSocket: client == "websocket");

        await stock.Server.SettleAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Agents_AllScenarios_AreUnderstood(bool tls)
    {
        await using var stock = await StockServer.StartAsync();
        var server = new UriBuilder(tls ? stock.Server.Https : stock.Server.Http) { Scheme = tls ? "wss" : "ws", Path = "/v1/realtime" }.Uri;

        await NpmClients.AssertRightAsync("agents.mjs", Path.Combine("@openai", "agents-realtime"), [server.AbsoluteUri, StockServer.Key, stock.Speech], stock.Trusted);

        await stock.Server.SettleAsync();
    }
}
