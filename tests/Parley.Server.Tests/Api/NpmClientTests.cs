using Parley.Core.Tests.OpenAICompatible;
using Parley.Server.Tests.Api.Chat;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Api;

/// <summary>OpenAI's own client from npm against the server; <c>tests/npm-clients</c> pins it.</summary>
public sealed class NpmClientTests
{
    [Fact]
    public async Task OpenAI_AllEndpoints_AreUnderstood()
    {
        await using var server = await GatewayServer.StartAsync(AnswerAsync);
        var recording = Path.Combine(Directory.CreateTempSubdirectory("parley-npm-").FullName, "hello.wav");
        await File.WriteAllBytesAsync(recording, TranscriptionTests.Speech(1.5), TestContext.Current.CancellationToken);
        try
        {
            await NpmClients.AssertRightAsync("openai.mjs", "openai", [server.Endpoint.AbsoluteUri, recording]);
        }
        finally { Directory.Delete(Path.GetDirectoryName(recording)!, recursive: true); }
    }

    /// <summary>Asks for the tool where there is one and it was not asked yet, else answers.</summary>
    private static Task AnswerAsync(LoopbackServer.Exchange exchange) =>
        !exchange.Body.Contains("look_up", StringComparison.Ordinal) || exchange.Body.Contains("a drink", StringComparison.Ordinal) ? WireChunks.AnswerAsync(exchange)
        : WireChunks.SendAsync(
            exchange, WireChunks.Delta("""{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look_up","arguments":""}}]}"""),
            WireChunks.Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"word\":"}}]}"""), WireChunks.Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"\"tea\"}"}}]}"""),
            WireChunks.Finish("tool_calls"), "[DONE]");
}
