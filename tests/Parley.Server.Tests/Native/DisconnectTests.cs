using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Parley.Replies;
using Parley.Server.Tests.Hosting;
using Parley.Testing.Sessions;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Server.Tests.Native;

/// <summary>However a session ends, nothing of it is left behind.</summary>
public sealed class DisconnectTests
{
    private const int Disconnects = 200, AtOnce = 10, WarmUp = 40;

    /// <summary>What a session holds at least (measured: 26 KiB idle); a leak of all of them is well above the bound.</summary>
    private const long AllowedGrowth = Disconnects * 8 * 1024;

    private enum Moment
    {
        Connected,
        Idle,
        Speaking,
        Thinking,
        SpokenTo,
    }

    [Fact]
    public async Task Abort_200TimesAtRandomMoments_LeavesNothingBehind()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed: {seed}");
        var random = new Random(seed);
        // What is kept to be resumed is no leak: the warm-up fills such a store, and from then on it does not grow.
        await using var server = await TestServer.StartAsync(Slow, store: new InMemorySessionStore(TimeProvider.System, maxSessions: 2 * AtOnce));

        await AbortManyAsync(server, WarmUp, random);
        var before = await MemoryAsync(server);
        await AbortManyAsync(server, Disconnects, random);
        var growth = await MemoryAsync(server) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"Growth: {growth / 1024} KiB");

        Assert.True(growth < AllowedGrowth, $"Seed {seed}: {growth / 1024} KiB more after {Disconnects} disconnects.");
    }

    [Fact]
    public async Task Client_NeverStarts_IsToldAndTheLineClosed()
    {
        await using var server = await TestServer.StartAsync(options: o => o.StartTimeout = TimeSpan.FromMilliseconds(100));
        var client = await server.ConnectAsync();

        var error = await client.ExpectAsync<ErrorMessage>();

        Assert.True(error.Fatal);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ExpectCloseAsync());
        await server.SettleAsync();
    }

    [Fact]
    public async Task Client_StopsReading_SessionEndsByTheSendTimeout()
    {
        // 40 MB: more than the buffers on the way can hold.
        var emotion = new EmotionContent(new string('a', 100_000), 1);
        await using var server = await TestServer.StartAsync(
            e => e.Chat.Extras = [.. Enumerable.Repeat(emotion, 400)], o => o.SendTimeout = TimeSpan.FromSeconds(1));
        var client = await server.TalkAsync();

        await client.SendAsync(new TextInput("Tell me everything."));

        await server.SettleAsync();
    }

    [Fact]
    public async Task Client_AnswersNoKeepAlive_SessionEnds()
    {
        var keepAlive = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMilliseconds(500), KeepAliveTimeout = TimeSpan.FromSeconds(3) };
        await using var server = await TestServer.StartAsync(webSockets: keepAlive);

        // Pings are answered while a client receives, and this one does not.
        var client = await server.TalkAsync();

        await server.SettleAsync();
        Assert.Equal(WebSocketState.Open, client.Socket.State);
    }

    [Fact]
    public async Task Close_ByTheClientInMidReply_IsAnsweredAndLeavesNothingBehind()
    {
        await using var server = await TestServer.StartAsync(Slow);
        var client = await server.TalkAsync();
        await client.SpeakAsync();
        await client.ExpectAsync<AudioPacket>();

        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await client.ExpectCloseAsync());
        await server.SettleAsync();
    }

    [Fact]
    public async Task Shutdown_InMidReply_EndsCleanly()
    {
        await using var server = await TestServer.StartAsync(Slow);
        var client = await server.TalkAsync();
        await client.SpeakAsync();
        await client.ExpectAsync<AudioPacket>();

        var stopping = server.StopAsync();
        var ended = await client.ExpectAsync<SessionEnded>();
        var status = await client.ExpectCloseAsync();

        Assert.Equal("shutdown", ended.Reason);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, status);
        await stopping.WaitAsync(ConverseClient.Patience, TestContext.Current.CancellationToken);
        await server.SettleAsync();
    }

    [Fact]
    public async Task Shutdown_WhileTheMicrophoneIsOpen_ReachesTheClient()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();
        using var stop = new CancellationTokenSource();
        var streaming = StreamAsync(client, stop.Token);

        var stopping = server.StopAsync();
        var status = await client.ExpectCloseAsync();
        await stop.CancelAsync();
        await streaming;

        Assert.Equal("shutdown", Assert.Single(client.Received.OfType<SessionEnded>()).Reason);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, status);
        await stopping.WaitAsync(ConverseClient.Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>Engines that take their time, so that there is a moment to be cut off in.</summary>
    private static void Slow(SimulatedEngines engines)
    {
        engines.Asr.FinalLatency = TimeSpan.FromMilliseconds(30);
        engines.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(50);
        engines.Chat.TokenInterval = TimeSpan.FromMilliseconds(5);
        engines.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(20);
        engines.Tts.ChunkInterval = TimeSpan.FromMilliseconds(10);
    }

    private static async Task AbortManyAsync(TestServer server, int count, Random random)
    {
        for (var done = 0; done < count; done += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => AbortAsync(server, (Moment)random.Next(5), random.Next(12))));
        }
    }

    /// <param name="server">The server.</param>
    /// <param name="moment">What goes on when the line is cut.</param>
    /// <param name="more">Frames that are sent, or things that are received, before it is.</param>
    private static async Task AbortAsync(TestServer server, Moment moment, int more)
    {
        using var client = new ConverseClient();
        await client.ConnectAsync(server.WebSocket);
        if (moment != Moment.Connected)
        {
            await client.SendAsync(new SessionStart());
            await client.ExpectAsync<SessionReady>();
        }
        switch (moment)
        {
            case Moment.Speaking:
                for (var i = 0; i < 3 + more; i++) { await client.SendAudioAsync(Voice.Speech(20)); }
                break;
            case Moment.Thinking:
                await client.SpeakAsync();
                await client.ExpectAsync<StateUpdate>(s => s.State == TurnState.Thinking);
                break;
            case Moment.SpokenTo:
                await client.SpeakAsync();
                await client.ExpectAsync<AudioPacket>();
                for (var i = 0; i < more; i++) { await client.ReceiveAsync(); }
                break;
        }
        client.Socket.Abort();
    }

    private static async Task<long> MemoryAsync(TestServer server)
    {
        await server.SettleAsync();
        lock (server.Engines.Chat.Prompts) { server.Engines.Chat.Prompts.Clear(); }
        lock (server.Engines.Asr.Requests) { server.Engines.Asr.Requests.Clear(); }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task StreamAsync(ConverseClient client, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken)) { await client.SendAudioAsync(Voice.Silence(20)); }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The server has closed the line, or the test is over.
        }
    }
}
