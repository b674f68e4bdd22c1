using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Parley.Replies;
using Parley.Server.Tests.Hosting;
using Parley.Testing.Sessions;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>However a session ends, nothing of it is left behind.</summary>
public sealed class DisconnectTests
{
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
    internal static void Slow(SimulatedEngines engines)
    {
        engines.Asr.FinalLatency = TimeSpan.FromMilliseconds(30);
        engines.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(50);
        engines.Chat.TokenInterval = TimeSpan.FromMilliseconds(5);
        engines.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(20);
        engines.Tts.ChunkInterval = TimeSpan.FromMilliseconds(10);
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
