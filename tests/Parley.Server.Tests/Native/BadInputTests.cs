using System.Net;
using System.Net.WebSockets;
using Parley.Server.Tests.Hosting;
using Parley.Testing.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>"What bad input gets" of docs/protocol.md: an error of the right code, and the session goes on.</summary>
public sealed class BadInputTests
{
    private const int MaxFrame = 256 * 1024;

    [Theory]
    [InlineData("{", ErrorCodes.BadJson, "")]
    [InlineData("[]", ErrorCodes.BadJson, "object")]
    [InlineData("\"hello\"", ErrorCodes.BadJson, "object")]
    [InlineData("""{"type":"ping"} trailing""", ErrorCodes.BadJson, "")]
    [InlineData("", ErrorCodes.BadJson, "")]
    [InlineData("""{"type":"dance"}""", ErrorCodes.UnknownType, "dance")]
    [InlineData("""{"type":"session.ready"}""", ErrorCodes.UnknownType, "session.ready")]
    [InlineData("""{"text":"hello"}""", ErrorCodes.MissingField, "type")]
    [InlineData("""{"type":7}""", ErrorCodes.BadField, "type")]
    [InlineData("""{"type":"text_input"}""", ErrorCodes.MissingField, "text")]
    [InlineData("""{"type":"text_input","text":7}""", ErrorCodes.BadField, "text")]
    [InlineData("""{"type":"text_input","text":"  "}""", ErrorCodes.BadField, "text")]
    [InlineData("""{"type":"playback","generation_id":1}""", ErrorCodes.MissingField, "played_samples")]
    [InlineData("""{"type":"playback","generation_id":-1,"played_samples":0}""", ErrorCodes.BadField, "generation_id")]
    [InlineData("""{"type":"context_update","text":"x"}""", ErrorCodes.MissingField, "context_id")]
    [InlineData("""{"type":"session.update"}""", ErrorCodes.MissingField, "config")]
    [InlineData("""{"type":"session.update","config":{"turn":{"min_interruption_ms":99999}}}""", ErrorCodes.BadField, "config.turn.min_interruption_ms")]
    [InlineData("""{"type":"session.update","config":{"turn":{"patience":"endless"}}}""", ErrorCodes.BadField, "config.turn.patience")]
    [InlineData("""{"type":"session.update","config":{"level":"Z9"}}""", ErrorCodes.BadField, "config.level")]
    [InlineData("""{"type":"audio_chunk","sample_rate":16000}""", ErrorCodes.MissingField, "audio_base64")]
    [InlineData("""{"type":"audio_chunk","audio_base64":"AAAA"}""", ErrorCodes.MissingField, "sample_rate")]
    [InlineData("""{"type":"audio_chunk","audio_base64":"AA==","sample_rate":16000}""", ErrorCodes.BadAudio, "even")]
    [InlineData("""{"type":"audio_chunk","audio_base64":"?!","sample_rate":16000}""", ErrorCodes.BadAudio, "base64")]
    [InlineData("""{"type":"audio_chunk","audio_base64":"AAAA","sample_rate":16000,"format":"mp3"}""", ErrorCodes.BadAudio, "format")]
    [InlineData("""{"type":"audio_chunk","audio_base64":"AAAA","sample_rate":7999}""", ErrorCodes.BadAudio, "sample_rate")]
    [InlineData("""{"type":"audio_chunk","audio_base64":"AAAA","sample_rate":48001}""", ErrorCodes.BadAudio, "sample_rate")]
    [InlineData("""{"type":"session.resume","session_id":"a","resume_token":"b","last_seq":1}""", ErrorCodes.AlreadyStarted, "")]
    [InlineData("""{"type":"session.resume","session_id":"a","resume_token":"b","last_seq":-1}""", ErrorCodes.BadField, "last_seq")]
    [InlineData("""{"type":"session.resume","session_id":"a","last_seq":1}""", ErrorCodes.MissingField, "resume_token")]
    [InlineData("""{"type":"feedback.ack","item_id":"a","action":"accepted"}""", ErrorCodes.NotAvailable, "")]
    [InlineData("""{"type":"session.start"}""", ErrorCodes.AlreadyStarted, "")]
    [InlineData("""{"type":"session.update","config":{"audio":{"out":{"transport":"json"}}}}""", ErrorCodes.NotChangeable, "config.audio.out")]
    [InlineData("""{"type":"history.add","item_id":"a","text":"b"}""", ErrorCodes.MissingField, "role")]
    [InlineData("""{"type":"history.add","item_id":"a","role":"tool","text":"b"}""", ErrorCodes.BadField, "role")]
    [InlineData("""{"type":"history.remove","item_id":"a"}""", ErrorCodes.UnknownItem, "")]
    [InlineData("""{"type":"session.update","config":{"engines":{"tts":"other"}}}""", ErrorCodes.NotChangeable, "config.engines")]
    [InlineData("""{"type":"session.update","config":{"voice":"nobody"}}""", ErrorCodes.BadField, "config.voice")]
    public async Task Text_Wrong_IsToldAndTheSessionGoesOn(string text, string code, string names)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendTextAsync(text);

        await AssertToldAndGoesOnAsync(client, code, names);
    }

    [Theory]
    [InlineData("""{"type":"session.start","config":{"audio":{"in":{"sample_rate":4000}}}}""", ErrorCodes.BadField, "config.audio.in.sample_rate")]
    [InlineData("""{"type":"session.start","config":{"audio":{"in":{"codec":"mp3"}}}}""", ErrorCodes.BadField, "config.audio.in.codec")]
    [InlineData("""{"type":"session.start","config":{"audio":{"in":{"codec":"opus"}}}}""", ErrorCodes.NotAvailable, "config.audio.in.codec")]
    [InlineData("""{"type":"session.start","config":{"voice":"nobody"}}""", ErrorCodes.BadField, "config.voice")]
    [InlineData("""{"type":"text_input","text":"hello"}""", ErrorCodes.NotStarted, "session.start")]
    [InlineData("""{"type":"session.update","config":{}}""", ErrorCodes.NotStarted, "session.start")]
    public async Task Text_WrongBeforeTheStart_IsToldAndTheSessionCanStart(string text, string code, string names)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SendTextAsync(text);
        var error = await client.ExpectAsync<ErrorMessage>();
        await client.SendAsync(new SessionStart());
        await client.ExpectAsync<SessionReady>();

        Assert.Equal(code, error.Code);
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audio_BeforeTheStart_IsNotStarted()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SendAudioAsync(Voice.Silence(20));

        Assert.Equal(ErrorCodes.NotStarted, (await client.ExpectAsync<ErrorMessage>()).Code);
    }

    [Fact]
    public async Task Audio_OddLength_IsBadAudio()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendAudioAsync(new byte[641]);

        await AssertToldAndGoesOnAsync(client, ErrorCodes.BadAudio, "even");
    }

    [Fact]
    public async Task Text_BrokenUtf8_ClosesWith1007()
    {
        // RFC 6455, section 8.1: such a line must fail; the WebSocket itself sees to it, before the session does.
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.Socket.SendAsync(
            (byte[])[.. "{\"type\":\"text_input\",\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8], WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await client.ExpectCloseAsync());
        await server.SettleAsync();
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task Frame_Over256KiB_IsTooLarge(WebSocketMessageType type)
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.Socket.SendAsync(new byte[MaxFrame + 2], type, true, TestContext.Current.CancellationToken);

        await AssertToldAndGoesOnAsync(client, ErrorCodes.TooLarge, "262144");
    }

    [Fact]
    public async Task Audio_MoreThan3SecondsAhead_RestIsDroppedAndSaidOnce()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        // Half of what may be ahead in each: however late the server takes them, the lead does not shrink so far that it is said anew.
        for (var i = 0; i < 20; i++) { await client.SendAudioAsync(Voice.Silence(1_500)); }

        await AssertToldAndGoesOnAsync(client, ErrorCodes.TooFast, "3 s");
        Assert.Single(client.Received.OfType<ErrorMessage>());
    }

    [Fact]
    public async Task Start_BeyondMaxSessions_IsOverloadedAndSaysWhenToRetry()
    {
        await using var server = await TestServer.StartAsync(maxSessions: 1);
        var first = await server.TalkAsync();
        var second = await server.ConnectAsync();
        await second.SendAsync(new SessionStart());

        var error = await second.ExpectAsync<ErrorMessage>();
        await second.ExpectCloseAsync();

        Assert.Equal(ErrorCodes.Overloaded, error.Code);
        Assert.True(error.Fatal && error.Retryable && error.RetryAfterMs > 0, error.ToString());
        await AssertGoesOnAsync(first);
        await first.SendAsync(new SessionEnd());
        await first.ExpectCloseAsync();
        await server.SettleAsync();
        await AssertGoesOnAsync(await server.TalkAsync());
    }

    [Fact]
    public async Task Errors_TwentyInTenSeconds_CloseWith1008()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        for (var i = 0; i < 20; i++) { await client.SendTextAsync("nonsense"); }
        var status = await client.ExpectCloseAsync();

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, status);
        Assert.Equal(20, client.Received.OfType<ErrorMessage>().Count(e => e.Code == ErrorCodes.BadJson));
        Assert.Equal(ErrorCodes.TooManyErrors, client.Received.OfType<ErrorMessage>().Last().Code);
        await server.SettleAsync();
    }

    [Fact]
    public async Task Errors_Nineteen_DoNot()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        for (var i = 0; i < 19; i++) { await client.SendTextAsync("nonsense"); }

        await AssertGoesOnAsync(client);
    }

    [Fact]
    public async Task Connect_WrongSubprotocol_Is400()
    {
        await using var server = await TestServer.StartAsync();
        using var client = new ConverseClient();
        client.Socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(server.WebSocket, "parley.v9"));

        Assert.Equal(HttpStatusCode.BadRequest, client.Socket.HttpStatusCode);
    }

    [Fact]
    public async Task Connect_WithoutSubprotocol_IsTaken()
    {
        await using var server = await TestServer.StartAsync();
        using var client = new ConverseClient();

        await client.ConnectAsync(server.WebSocket, null);
        await client.SendAsync(new SessionStart());

        Assert.Equal("en-US", (await client.ExpectAsync<SessionReady>()).Config.Language);
    }

    [Fact]
    public async Task Get_WithoutUpgrade_Is426()
    {
        await using var server = await TestServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Http };

        using var response = await http.GetAsync("/v1/converse", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    private static async Task AssertToldAndGoesOnAsync(ConverseClient client, string code, string names)
    {
        var error = await client.ExpectAsync<ErrorMessage>();
        Assert.Equal(code, error.Code);
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
        Assert.False(error.Fatal);
        await AssertGoesOnAsync(client);
    }

    private static async Task AssertGoesOnAsync(ConverseClient client)
    {
        await client.SendAsync(new Ping(4711));
        Assert.Equal(4711, (await client.ExpectAsync<Pong>()).T);
    }
}
