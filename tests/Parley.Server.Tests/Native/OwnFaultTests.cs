using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Parley.Server.Tests.Hosting;
using Parley.Testing;
using Parley.Testing.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>Clients that misbehave bear it themselves: whoever talks beside them is answered, and nothing of them is left behind.</summary>
/// <remarks>They need the machine, so that no other test may run meanwhile.</remarks>
[Collection(nameof(Alone))]
public sealed class OwnFaultTests
{
    private const int Faulty = 8;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbours_NotReadingWhatTheyAskFor_LoseTheirSessionsAlone()
    {
        await using var server = await TestServer.StartAsync(options: o => o.SendTimeout = TimeSpan.FromSeconds(1));
        var good = await server.TalkAsync();
        var bad = await ManyAsync(server.TalkAsync);

        await Task.WhenAll(bad.Select(AskWithoutReadingAsync));

        await AssertIsAnsweredAsync(good);
        await Eventually.TrueAsync(() => server.Sessions.Count == 1, () => $"{server.Sessions.Count} sessions are left.");
    }

    [Fact]
    public async Task Neighbours_LinesHalfOpen_LoseTheirSessionsAlone()
    {
        var keepAlive = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMilliseconds(500), KeepAliveTimeout = TimeSpan.FromSeconds(2) };
        await using var server = await TestServer.StartAsync(webSockets: keepAlive);
        // Nothing more is read from their sockets, so that nothing answers the server's pings; as if the cable had been cut.
        await ManyAsync(server.TalkAsync);
        var good = await server.TalkAsync();
        using var stop = new CancellationTokenSource();
        var reading = ReadOnAsync(good, stop.Token);

        await Eventually.TrueAsync(() => server.Sessions.Count == 1, () => $"{server.Sessions.Count} sessions are left.");

        await good.SendAsync(new TextInput("Go on."));
        await Eventually.TrueAsync(() => Volatile.Read(ref _finished) > 0);
        await stop.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task Neighbours_SendAMinuteOfSpeechAtOnce_AreToldSoAndHeardNoFurther()
    {
        await using var server = await TestServer.StartAsync();
        var good = await server.TalkAsync();
        var bad = await ManyAsync(server.TalkAsync);
        var minute = Voice.Speech(60_000);

        await Task.WhenAll(bad.Select(async client =>
        {
            foreach (var second in minute.Chunk(32_000))
            {
                // What is sent at once goes on where it was: on the thread that watches all sockets of this process.
                await Task.Yield();
                foreach (var frame in second.Chunk(640)) { await client.SendAudioAsync(frame); }
            }
        }));

        await AssertIsAnsweredAsync(good);
        foreach (var client in bad)
        {
            Assert.Equal(ErrorCodes.TooFast, (await client.ExpectAsync<ErrorMessage>()).Code);
            await client.SendAsync(new Ping(1));
            await client.ExpectAsync<Pong>();
        }
        Assert.Equal(1 + Faulty, server.Sessions.Count);
    }

    [Fact]
    public async Task Neighbours_BreakOffInMidFrame_LoseTheirSessionsAlone()
    {
        var keepAlive = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(1), KeepAliveTimeout = TimeSpan.FromSeconds(2) };
        await using var server = await TestServer.StartAsync(webSockets: keepAlive);
        var good = await server.TalkAsync();
        var bad = await ManyAsync(() => RawWebSocketAsync(server));

        // A masked text frame of 100 bytes, of which 3 come.
        foreach (var socket in bad) { await socket.SendAsync((byte[])[0x81, 0x80 | 100, 1, 2, 3, 4, (byte)'{', (byte)'"', (byte)'t']); }

        await AssertIsAnsweredAsync(good);
        await Eventually.TrueAsync(() => server.Sessions.Count == 1, () => $"{server.Sessions.Count} sessions are left.");
        foreach (var socket in bad) { socket.Dispose(); }
    }

    [Fact]
    public async Task Neighbours_NeverEndTheirRequest_BeginNoSession()
    {
        await using var server = await TestServer.StartAsync();
        var bad = await ManyAsync(async () =>
        {
            var socket = await OpenAsync(server);
            await socket.SendAsync("GET /v1/converse HTTP/1.1\r\nHost: here\r\nUpgr"u8.ToArray());
            return socket;
        });

        await AssertIsAnsweredAsync(await server.TalkAsync());

        Assert.Equal(1, server.Sessions.Count);
        foreach (var socket in bad) { socket.Dispose(); }
    }

    [Fact]
    public async Task Neighbours_StartAndSendNothing_CostNoTurnOfOthers()
    {
        await using var server = await TestServer.StartAsync(options: o => o.StartTimeout = TimeSpan.FromSeconds(1));
        var silent = await ManyAsync(server.TalkAsync);
        var mute = await ManyAsync(server.ConnectAsync);

        await AssertIsAnsweredAsync(await server.TalkAsync());

        foreach (var client in mute) { Assert.Equal(ErrorCodes.StartTimeout, (await client.ExpectAsync<ErrorMessage>()).Code); }
        // Who has started may think for as long as they like.
        await AssertIsAnsweredAsync(silent[0]);
    }

    private int _finished;

    private static async Task<T[]> ManyAsync<T>(Func<Task<T>> make) => await Task.WhenAll(Enumerable.Range(0, Faulty).Select(_ => make()));

    private static Task<ConverseClient[]> ManyAsync(Func<SessionConfig?, Task<ConverseClient>> make) => ManyAsync(() => make(null));

    private static async Task AssertIsAnsweredAsync(ConverseClient client)
    {
        await client.SpeakAsync();
        await client.ExpectAsync<ReplyFinished>();
    }

    private async Task ReadOnAsync(ConverseClient client, CancellationToken cancellationToken)
    {
        try
        {
            while (await client.ReceiveAsync(cancellationToken) is { } item)
            {
                if (item is ReplyFinished) { Interlocked.Increment(ref _finished); }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>Asks until the server has had enough; as much as the buffers on the way hold, several times over.</summary>
    private static async Task AskWithoutReadingAsync(ConverseClient client)
    {
        var ping = Encoding.UTF8.GetBytes("""{"type":"ping","t":1}""");
        try
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                if (i % 100 == 0) { await Task.Yield(); }
                await client.Socket.SendAsync(ping, WebSocketMessageType.Text, endOfMessage: true, Cancelled);
            }
        }
        catch (WebSocketException)
        {
            return;
        }
        Assert.Fail("The server answers on, and nobody reads it.");
    }

    private static async Task<Socket> RawWebSocketAsync(TestServer server)
    {
        var socket = await OpenAsync(server);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "GET /v1/converse HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        Assert.True(await socket.ReceiveAsync(new byte[4_096]) > 0);
        return socket;
    }

    private static async Task<Socket> OpenAsync(TestServer server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", server.Http.Port, Cancelled);
        return socket;
    }
}
