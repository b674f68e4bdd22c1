using System.Net;
using System.Net.WebSockets;
using Parley.Audio;
using Parley.Opus.Codecs;
using Parley.Server.Tests.Hosting;
using Parley.Sessions.Admission;
using Parley.Testing;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.EchoKit;

public sealed class EchoKitEndpointTests
{
    private const string LongAnswer =
        "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty, and so on and on.";

    [Fact]
    public async Task Turn_AsTheFirmwareHoldsIt_IsAnsweredInOpusWithVowels()
    {
        var opus = new OpusCodec();
        Assert.SkipUnless(opus.Probe().Available, "libopus0 is not installed.");
        await using var server = await EchoKitServer.StartAsync(e => e.Chat.Texts = ["Nice to meet you."], o => o.Hello = "Hello!");
        var device = await server.ConnectAsync("/ws/aabbccddeeff?opus=true&vowel=true&stream_asr=true");
        await device.ExpectAsync("HelloEnd");

        await device.StartChatAsync();
        await device.SendAudioAsync([.. Voice.Speech(1_200), .. Voice.Silence(800)]);
        await device.ExpectAsync("EndVad");
        await device.ExpectAsync("EndResponse");

        Assert.Equal("hello there my friend", device.Received.Last(e => e.Name == "ASR").Text);
        Assert.Equal("Nice to meet you.", device.Received.Single(e => e.Name == "StartAudio").Text);
        using var decoder = opus.OpenDecoder(16_000);
        var packets = device.Received.Where(e => e.Name == "AudioChunkWithVowel").ToList();
        Assert.Equal(Math.Ceiling(4 * SimulatedSynthesizer.WordSamples / 1_920.0), packets.Count);
        Assert.All(packets, p => Assert.Equal(1_920, decoder.Decode(p.Data).Length));
        Assert.Contains(packets, p => (long)p.Fields[1] != 0);
        await device.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await device.ExpectCloseAsync();
        await server.SettleAsync();
    }

    [Fact]
    public async Task Session_CannotBegin_TheDeviceIsToldGoodbyeBeforeTheLineIsCut()
    {
        await using var server = await EchoKitServer.StartAsync(options: o => o.Voice = "nobody's");
        var device = await server.ConnectAsync("/ws/aabbccddeeff");

        await device.ExpectCloseAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, device.Socket.CloseStatus);
        await server.SettleAsync();
    }

    [Fact]
    public async Task Session_TooMuchToDo_TheLineIsClosed()
    {
        // The device has no way to show why; the log says it.
        var gate = new AdmissionGate(new AdmissionOptions { AlwaysAdmit = 0 }, TimeProvider.System, () => new LoadReading(Cpu: 0.99, default));
        await using var server = await EchoKitServer.StartAsync(gate: gate);
        var device = await server.ConnectAsync("/ws/aabbccddeeff");

        await device.ExpectCloseAsync();

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, device.Socket.CloseStatus);
        await server.SettleAsync();
    }

    [Fact]
    public async Task Hello_Spoken_IsAWavFileOfTheVoice()
    {
        await using var server = await EchoKitServer.StartAsync(options: o => o.Hello = "Hello there!");

        foreach (var _ in "12")
        {
            var device = await server.ConnectAsync("/ws/aabbccddeeff");
            await device.ExpectAsync("HelloEnd");
            using var file = new MemoryStream([.. device.Received.Where(e => e.Name == "HelloChunk").SelectMany(e => e.Data)]);
            var hello = WavReader.Read(file);
            Assert.Equal((16_000, 2 * SimulatedSynthesizer.WordSamples), (hello.SampleRate, hello.Samples.Length));
        }
    }

    [Fact]
    public async Task Hello_CannotBeSpoken_IsEmpty()
    {
        await using var server = await EchoKitServer.StartAsync(e => e.Tts.Fails = true, o => o.Hello = "Hello there!");
        var device = await server.ConnectAsync("/ws/aabbccddeeff");

        await device.ExpectAsync("HelloEnd");

        Assert.Equal(["HelloStart", "HelloEnd"], device.Received.Select(e => e.Name));
    }

    [Fact]
    public async Task Submit_OnTheStableAddress_IsAnsweredInPcm()
    {
        await using var server = await EchoKitServer.StartAsync(e => e.Chat.Texts = ["Nice to meet you."]);
        var device = await server.ConnectAsync("/v2/stable_ws/0d7f1c9e-5f44-4e0a-9a55-8f2f3f0a8a11");

        await device.StartChatAsync();
        await device.SendAudioAsync(Voice.Speech(1_000));
        await device.SubmitAsync();
        await device.ExpectAsync("EndResponse");

        Assert.Equal(4 * SimulatedSynthesizer.WordSamples, device.Received.Where(e => e.Name == "AudioChunk").Sum(e => e.Data.Length / 2));
    }

    [Fact]
    public async Task Reconnect_WhileSpokenTo_InterruptsAndGoesOnWithTheConversation()
    {
        await using var server = await EchoKitServer.StartAsync(e => e.Chat.Texts = [LongAnswer, "Fine."]);
        var device = await server.ConnectAsync("/ws/aabbccddeeff?stream_asr=true");
        await device.SendAsync("""{"event":"Text","input":"count"}""");
        await device.ExpectAsync("AudioChunk");

        // The old socket is neither closed nor read any more, as when a device has lost it.
        var again = await server.ConnectAsync("/ws/aabbccddeeff?reconnect=true&stream_asr=true");
        await again.StartChatAsync();
        await again.SendAudioAsync([.. Voice.Speech(1_200), .. Voice.Silence(800)]);
        await again.ExpectAsync("EndResponse");

        Assert.Equal("Fine.", again.Received.Single(e => e.Name == "StartAudio").Text);
        var prompt = server.Engines.Chat.Prompts[^1];
        Assert.Equal(["count", "hello there my friend"], prompt.Where(m => m.Role.Value == "user").Select(m => m.Text));
        Assert.DoesNotContain("twenty", string.Join(' ', prompt.Skip(1).Select(m => m.Text)), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => server.Sessions.Count == 1, () => $"{server.Sessions.Count} sessions");
    }

    [Theory]
    [InlineData("/ws/aabbccddeeff", null, 401)]
    [InlineData("/ws/aabbccddeeff", "wrong", 401)]
    [InlineData("/ws/aabbccddeeff?token=wrong", null, 401)]
    [InlineData("/v2/stable_ws/aabbccddeeff", null, 401)]
    [InlineData("/v1/record/aabbccddeeff", null, 401)]
    [InlineData("/ws/aabbccddeeff?record=true", null, 401)]
    [InlineData("/ws/no..path?token=secret", null, 400)]
    [InlineData("/ws/aabbccddeeff?record=true&token=secret", null, 404)]
    public async Task Connect_WhereKeysAreNeeded_IsRefusedBeforeTheUpgrade(string path, string? key, int status)
    {
        await using var server = await EchoKitServer.StartAsync(keys: ["secret"]);

        Assert.Equal(status, await server.RefusedAsync(path, key));
        Assert.Equal(0, server.Sessions.Count);
    }

    [Fact]
    public async Task Connect_WithoutAKey_HasTheErrorObject()
    {
        await using var server = await EchoKitServer.StartAsync(keys: ["secret"]);
        using var http = new HttpClient { BaseAddress = server.Http };

        using var response = await http.GetAsync("/ws/aabbccddeeff", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_api_key", (await Api.Chat.GatewayServer.ErrorAsync(response, TestContext.Current.CancellationToken)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/ws/aabbccddeeff?token=secret", null)]
    [InlineData("/ws/aa:bb:cc:dd:ee:ff", "secret")]
    public async Task Connect_WithAKey_IsLetIn(string path, string? key)
    {
        await using var server = await EchoKitServer.StartAsync(keys: ["secret"]);

        var device = await server.ConnectAsync(path, key);

        await device.ExpectAsync("HelloEnd");
    }

    [Fact]
    public async Task Connect_OpusIsMissing_IsRefused()
    {
        await using var server = await EchoKitServer.StartAsync(opus: new SimulatedOpus { IsMissing = true });

        Assert.Equal(503, await server.RefusedAsync("/ws/aabbccddeeff?opus=true"));
        await (await server.ConnectAsync("/ws/aabbccddeeff")).ExpectAsync("HelloEnd");
    }

    [Fact]
    public async Task Connect_TooManyDevices_IsRefusedButNotOneThatComesBack()
    {
        await using var server = await EchoKitServer.StartAsync(options: o => o.MaxDevices = 2);
        await (await server.ConnectAsync("/ws/device-1")).ExpectAsync("HelloEnd");
        await (await server.ConnectAsync("/ws/device-2")).ExpectAsync("HelloEnd");

        Assert.Equal(503, await server.RefusedAsync("/ws/device-3"));
        await (await server.ConnectAsync("/ws/device-2")).ExpectAsync("HelloEnd");
    }

    [Fact]
    public async Task Garbage_OnTheLine_IsSkippedAndTheSessionGoesOn()
    {
        await using var server = await EchoKitServer.StartAsync();
        var device = await server.ConnectAsync("/ws/aabbccddeeff?stream_asr=true");
        await device.ExpectAsync("HelloEnd");
        var random = new Random(5);

        for (var i = 0; i < 50; i++)
        {
            var frame = new byte[2 * random.Next(49) + 1];
            random.NextBytes(frame);
            await device.SendAsync("{\"event\":"u8.ToArray(), WebSocketMessageType.Text);
            await device.SendAsync(frame, WebSocketMessageType.Binary);
        }
        await device.SendAsync(new byte[300_000], WebSocketMessageType.Binary);
        await device.StartChatAsync();
        await device.SendAudioAsync([.. Voice.Speech(1_200), .. Voice.Silence(800)]);
        await device.ExpectAsync("EndResponse");

        Assert.Equal("hello there my friend", device.Received.Last(e => e.Name == "ASR").Text);
    }

    [Fact]
    public async Task Get_WithoutUpgrade_Is426AndTheVersionIsTold()
    {
        await using var server = await EchoKitServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Http };

        using var response = await http.GetAsync("/ws/aabbccddeeff", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal($$"""{"version":"{{Diagnostics.ParleyVersion.Current}}"}""", await http.GetStringAsync("/version", TestContext.Current.CancellationToken));
    }
}
