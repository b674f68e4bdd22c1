using System.Net;
using System.Net.WebSockets;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Realtime;

public sealed class RealtimeEndpointTests
{
    private const string Answer = "Nice to meet you.";

    [Theory]
    [InlineData("realtime", "realtime")]
    [InlineData("openai-insecure-api-key.k,realtime", "realtime")]
    [InlineData("openai-insecure-api-key.k", null)]
    [InlineData(null, null)]
    public async Task Handshake_Subprotocol_IsAnsweredOnlyIfItWasOffered(string? offered, string? answered)
    {
        await using var server = await TestServer.StartAsync();
        using var client = new RealtimeClient();
        foreach (var protocol in offered?.Split(',') ?? []) { client.Socket.Options.AddSubProtocol(protocol); }

        await client.ConnectAsync(server.WebSocket);

        Assert.Equal(answered, client.Socket.SubProtocol);
        await client.ExpectAsync("session.created");
    }

    [Fact]
    public async Task Handshake_NoWebSocket_IsToldInTheErrorObject()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Http };

        using var response = await http.GetAsync("/v1/realtime", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("\"code\":\"upgrade_required\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_SpokenAtOnce_IsAnswered()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer]);
        using var client = await RealtimeClient.StartAsync(server.WebSocket);
        await client.SayAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"transcription":{"model":"whisper-1"}}}}}""");

        foreach (var piece in Voice.Speech(600, 24_000).Concat(Voice.Silence(800, 24_000)).Chunk(16 * 1024)) { await client.AppendAsync(piece); }
        var done = await client.ExpectAsync("response.done");

        Assert.Equal(Answer, done.GetProperty("response").GetProperty("output")[0].GetProperty("content")[0].GetProperty("transcript").GetString());
        Assert.Contains(client.Received, e => e.GetProperty("type").GetString() == "conversation.item.input_audio_transcription.completed");
        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await server.SettleAsync();
    }

    [Fact]
    public async Task Text_IsAnsweredInText()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer]);
        using var client = await RealtimeClient.StartAsync(server.WebSocket);

        await client.SayAsync("""{"type":"session.update","session":{"type":"realtime","output_modalities":["text"]}}""");
        await client.SayAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Hello."}]}}""");
        await client.SayAsync("""{"type":"response.create"}""");
        var done = await client.ExpectAsync("response.output_text.done");

        Assert.Equal(Answer, done.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Append_AsLargeAsMayBe_IsTaken()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer]);
        using var client = await RealtimeClient.StartAsync(server.WebSocket);
        await client.SayAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}""");

        await client.AppendAsync(new byte[15 * 1024 * 1024]);
        await client.SayAsync("""{"type":"input_audio_buffer.clear"}""");
        await client.ExpectAsync("input_audio_buffer.cleared");

        Assert.DoesNotContain(client.Received, e => e.GetProperty("type").GetString() == "error");
    }

    [Fact]
    public async Task Client_VanishesInAResponse_LeavesNothingBehind()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [string.Join(' ', Enumerable.Repeat("word", 100)) + "."]);
        using var client = await RealtimeClient.StartAsync(server.WebSocket);
        await client.SayAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Hello."}]}}""");
        await client.SayAsync("""{"type":"response.create"}""");
        await client.ExpectAsync("response.output_audio.delta");

        client.Socket.Abort();

        await server.SettleAsync();
    }

    [Fact]
    public async Task Server_IsFull_SaysSoAndCloses()
    {
        await using var server = await TestServer.StartAsync(maxSessions: 1);
        using var first = await RealtimeClient.StartAsync(server.WebSocket);
        await first.ExpectAsync("session.created");
        using var second = await RealtimeClient.StartAsync(server.WebSocket);

        var error = await second.ExpectAsync("error");

        Assert.Equal("overloaded", error.GetProperty("error").GetProperty("code").GetString());
        Assert.Null(await second.ReceiveAsync(TestContext.Current.CancellationToken));
    }
}
