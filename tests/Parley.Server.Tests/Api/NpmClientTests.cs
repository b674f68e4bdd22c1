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
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "openai")), "npm's openai is not installed: ./parley setup, which needs npm.");
        Assert.SkipUnless(HasNode(), "Node is not installed.");
        await using var server = await GatewayServer.StartAsync(AnswerAsync);
        var recording = Path.Combine(Directory.CreateTempSubdirectory("parley-npm-").FullName, "hello.wav");
        await File.WriteAllBytesAsync(recording, TranscriptionTests.Speech(1.5), TestContext.Current.CancellationToken);
        try
        {
            var (exitCode, output, errors) = await ChildProcess.RunAsync("node", folder, "openai.mjs", server.Endpoint.AbsoluteUri, recording);

            Assert.True(exitCode == 0, errors);
            Assert.Equal("all right", output.Trim());
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

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parley.slnx"))) { folder = folder.Parent; }
        return Path.Combine(folder?.FullName ?? "", "tests", "npm-clients");
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(p => File.Exists(Path.Combine(p, "node")) || File.Exists(Path.Combine(p, "node.exe")));
}
