using System.Net;
using System.Net.WebSockets;
using Parley.Audio;
using Parley.Opus.Codecs;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Transports.Xiaozhi;

namespace Parley.Server.Tests.Devices;

/// <summary>xiaozhi devices at the real endpoint.</summary>
public sealed class XiaozhiConversationTests
{
    [Fact]
    public async Task Auto_TwoTurns_AreAnsweredAndHeardWhole()
    {
        await using var server = await XiaozhiServer.StartAsync(e => (e.Asr.Texts, e.Chat.Texts) = (["a coffee please", "and another"], ["Here you are."]));
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");

        await TakeTurnAsync(device);
        await TakeTurnAsync(device);

        Assert.Equal(["> a coffee please", "Here you are.", "> and another", "Here you are."], device.Shown);
        Assert.Equal(0, device.LostFrames);
        // 300 ms a word, in whole frames: 900 ms are 15 of them each.
        Assert.Equal(2 * 15 * 1_440, device.Heard.Count);
    }

    [Fact]
    public async Task Auto_RealOpus_CarriesTheVoice()
    {
        var opus = new OpusCodec();
        Assert.SkipUnless(opus.Probe().Available, "libopus0 is not installed.");
        await using var server = await XiaozhiServer.StartAsync(opus: opus);
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");

        await TakeTurnAsync(device);

        Assert.Equal("> hello there my friend", device.Shown[0]);
        Assert.InRange(device.Heard.Count, 3.9 * 24_000, 4.0 * 24_000);
        Assert.Contains(device.Heard, s => Math.Abs((int)s) > 1_000);
    }

    [Fact]
    public async Task Garbage_InRealOpus_IsSkippedAndTheNextTurnIsHeard()
    {
        var opus = new OpusCodec();
        Assert.SkipUnless(opus.Probe().Available, "libopus0 is not installed.");
        await using var server = await XiaozhiServer.StartAsync(opus: opus);
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");

        foreach (var packet in new[] { "", "FF", "0BFF00", "FFFFFFFFFFFFFFFF" }) { await device.SendAsync(Convert.FromHexString(packet), WebSocketMessageType.Binary); }
        await device.SendAsync(new byte[XiaozhiTransport.MaxFrame + 1], WebSocketMessageType.Binary);
        await TakeTurnAsync(device);

        Assert.Equal("> hello there my friend", device.Shown[0]);
    }

    [Fact]
    public async Task Abort_InMidReply_StopsItAndTheNextTurnIsHeard()
    {
        await using var server = await XiaozhiServer.StartAsync();
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");
        await device.HearAsync(Turn());
        await device.ExpectAsync("tts", "sentence_start");

        await device.SendAsync("""{"type":"abort","reason":"wake_word_detected"}""");
        await device.ExpectAsync("tts", "stop");

        Assert.True(device.Heard.Count < 3 * 24_000);
        await TakeTurnAsync(device);
    }

    [Fact]
    public async Task Garbage_LineStaysAndTheNextTurnIsHeard()
    {
        await using var server = await XiaozhiServer.StartAsync();
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");

        for (var i = 0; i < 40; i++)
        {
            await device.SendAsync("not json");
            await device.SendAsync($$"""{"type":"device_status","battery":{{i}}}""");
        }
        await TakeTurnAsync(device);

        Assert.Equal("> hello there my friend", device.Shown[0]);
    }

    [Fact]
    public async Task Device_GoesAway_NothingIsLeftBehind()
    {
        await using var server = await XiaozhiServer.StartAsync();
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");
        await device.HearAsync(Turn());
        await device.ExpectAsync("tts", "sentence_start");

        device.Socket.Abort();

        await server.Server.SettleAsync();
    }

    [Fact]
    public async Task Device_ComesBack_GoesOnWithItsConversation()
    {
        await using var server = await XiaozhiServer.StartAsync(e => e.Asr.Texts = ["my name is Ana", "what is my name"]);
        var device = await server.ConnectAsync();
        await device.ListenAsync("auto");
        await TakeTurnAsync(device);
        device.Socket.Abort();

        var again = await server.ConnectAsync();
        await again.ListenAsync("auto");
        await TakeTurnAsync(again);

        Assert.Equal(device.SessionId, again.SessionId);
        Assert.Contains(server.Server.Engines.Chat.Prompts[^1], m => m.Text.Contains("my name is Ana", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Device_ComesBackWhileItsOldLineStands_OldOneIsClosed()
    {
        await using var server = await XiaozhiServer.StartAsync();
        var device = await server.ConnectAsync();

        var again = await server.ConnectAsync();

        Assert.Equal(device.SessionId, again.SessionId);
        Assert.Equal(1, server.Server.Sessions.Count);
    }

    [Fact]
    public async Task Silence_ForTooLong_LineIsClosedAsAgreed()
    {
        await using var server = await XiaozhiServer.StartAsync(options: new XiaozhiOptions { IdleTimeout = TimeSpan.FromMilliseconds(1_500) });
        var device = await server.ConnectAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await device.ExpectCloseAsync());
        await server.Server.SettleAsync();
    }

    [Fact]
    public async Task SameDeviceId_WithAnotherClientId_IsAnotherConversation()
    {
        await using var server = await XiaozhiServer.StartAsync();
        var device = await server.ConnectAsync();
        device.Socket.Abort();

        var guess = await server.ConnectAsync(clientId: "guess");

        Assert.NotEqual(device.SessionId, guess.SessionId);
    }

    [Fact]
    public async Task Resumes_IsOff_EachConversationIsAnother()
    {
        await using var server = await XiaozhiServer.StartAsync(options: new XiaozhiOptions { Resumes = false });
        var device = await server.ConnectAsync();
        device.Socket.Abort();

        var again = await server.ConnectAsync();

        Assert.NotEqual(device.SessionId, again.SessionId);
    }

    [Fact]
    public async Task Key_IsWrong_IsRefusedBeforeTheUpgrade()
    {
        await using var server = await XiaozhiServer.StartAsync(keys: ["right"]);

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(server, token: "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(server));
        await server.ConnectAsync(token: "right");
    }

    [Fact]
    public async Task Key_InTheAddress_IsLetIn()
    {
        await using var server = await XiaozhiServer.StartAsync(keys: ["right"]);

        await server.Device().ConnectAsync(new Uri(server.Conversation, "?token=right"));

        Assert.Equal(1, server.Server.Sessions.Count);
    }

    [Fact]
    public async Task Key_IsMissing_HasTheErrorObject()
    {
        await using var server = await XiaozhiServer.StartAsync(keys: ["right"]);
        using var http = new HttpClient { BaseAddress = server.Server.Http };

        using var answer = await http.GetAsync(new Uri("/xiaozhi/v1/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("invalid_api_key", (await Api.Chat.GatewayServer.ErrorAsync(answer, TestContext.Current.CancellationToken)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Opus_IsMissing_IsRefusedWithTheRemedy()
    {
        await using var server = await XiaozhiServer.StartAsync(opus: new SimulatedOpus { IsMissing = true });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefusalAsync(server));
    }

    [Fact]
    public async Task DeviceId_IsTooLong_IsRefused()
    {
        await using var server = await XiaozhiServer.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await RefusalAsync(server, deviceId: new string('a', 129)));
    }

    [Fact]
    public async Task NoWebSocket_IsToldSo()
    {
        await using var server = await XiaozhiServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Server.Http };

        using var answer = await http.GetAsync(new Uri("/xiaozhi/v1/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Fact]
    public async Task Server_IsFull_DeviceIsToldAndClosed()
    {
        await using var server = await XiaozhiServer.StartAsync(maxSessions: 1);
        await server.ConnectAsync();
        var another = server.Device();

        await Assert.ThrowsAsync<TimeoutException>(() => another.ConnectAsync(server.Conversation, deviceId: "another"));

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, another.Socket.CloseStatus);
    }

    [Fact]
    public async Task Enabled_IsOff_ThereIsNothing()
    {
        await using var server = await XiaozhiServer.StartAsync(options: new XiaozhiOptions { Enabled = false });

        Assert.Equal(HttpStatusCode.NotFound, await RefusalAsync(server));
    }

    /// <summary>Speaks, waits for the answer and hears it out.</summary>
    private static async Task TakeTurnAsync(XiaozhiDevice device)
    {
        await device.HearAsync(Turn());
        await device.ExpectAsync("tts", "stop");
    }

    /// <summary>Something said, and a silence that ends the turn.</summary>
    private static short[] Turn() => Pcm16.ToSamples([.. Voice.Speech(600), .. Voice.Silence(600)]);

    private static async Task<HttpStatusCode> RefusalAsync(XiaozhiServer server, string deviceId = "aa:bb:cc:dd:ee:ff", string? token = null)
    {
        var device = server.Device();
        await Assert.ThrowsAsync<WebSocketException>(() => device.ConnectAsync(server.Conversation, deviceId, token: token));
        return device.Socket.HttpStatusCode;
    }
}
