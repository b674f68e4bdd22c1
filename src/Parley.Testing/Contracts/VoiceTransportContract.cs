using Parley.Diagnostics;
using Parley.Transports;
using Parley.Transports.Protocol;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="IVoiceTransport"/> must do.</summary>
public abstract class VoiceTransportContract
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Connects a client; the suite disposes the line.</summary>
    protected abstract Task<ITransportLine> ConnectAsync();

    [Fact]
    public async Task ReceiveAsync_WhatTheClientSends_ComesInOrder()
    {
        await using var line = await ConnectAsync();
        for (var i = 0; i < 50; i++) { await line.SayAsync(new Ping(i)); }
        await line.SayAsync(new AudioInput(new byte[] { 1, 2, 3, 4 }));

        for (var i = 0; i < 50; i++) { Assert.Equal(i, Assert.IsType<Ping>(await ReceiveAsync(line)).T); }
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, Assert.IsType<AudioInput>(await ReceiveAsync(line), exactMatch: false).Pcm.ToArray());
    }

    [Fact]
    public async Task ReceiveAsync_ClientVanishes_GivesNull()
    {
        await using var line = await ConnectAsync();
        var waiting = ReceiveAsync(line);

        await line.VanishAsync();

        Assert.Null(await waiting);
    }

    [Fact]
    public async Task ReceiveAsync_Cancelled_Throws()
    {
        await using var line = await ConnectAsync();
        using var stop = new CancellationTokenSource();
        var waiting = line.Transport.ReceiveAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_patience, Cancel));
    }

    [Fact]
    public async Task SendAsync_MessagesAndAudio_ReachTheClientInOrder()
    {
        await using var line = await ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            await line.Transport.SendAsync(new Pong(i, 0) { SessionId = "s", Seq = i + 1 }, Cancel);
            await line.Transport.SendAsync(new AudioPacket(7, 1, (uint)i, i * 320L, new short[] { 1, -2, 3 }, 16_000), Cancel);
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(new Pong(i, 0) { SessionId = "s", Seq = i + 1 }, await line.HearAsync());
            var packet = Assert.IsType<AudioPacket>(await line.HearAsync());
            Assert.Equal((7u, 1u, (uint)i, i * 320L), (packet.GenerationId, packet.Segment, packet.Chunk, packet.SampleOffset));
            Assert.Equal(new short[] { 1, -2, 3 }, packet.Samples.ToArray());
        }
    }

    [Fact]
    public async Task SendAsync_WhileReceiving_DoesNotWaitForIt()
    {
        await using var line = await ConnectAsync();
        var waiting = ReceiveAsync(line);

        await line.Transport.SendAsync(new Pong(1, 2), Cancel).AsTask().WaitAsync(s_patience, Cancel);
        await line.SayAsync(new Ping(3));

        Assert.IsType<Ping>(await waiting);
    }

    [Fact]
    public async Task SendAsync_ClientHasVanished_FailsWithATransportError()
    {
        await using var line = await ConnectAsync();
        await line.VanishAsync();

        // What the network still buffers may go through; it cannot for long.
        var error = await Assert.ThrowsAsync<VoiceException>(async () =>
        {
            var start = TimeProvider.System.GetTimestamp();
            for (var i = 0; TimeProvider.System.GetElapsedTime(start) < s_patience; i++)
            {
                await line.Transport.SendAsync(new Pong(i, 0), Cancel).AsTask().WaitAsync(s_patience, Cancel);
                // The news that the client is gone need time, not data.
                if (i % 100 == 0) { await Task.Delay(1, Cancel); }
            }
        });
        Assert.Equal(VoiceStage.Transport, error.Stage);
    }

    [Fact]
    public async Task CloseAsync_AfterTheClientVanished_DoesNotThrow()
    {
        await using var line = await ConnectAsync();
        await line.VanishAsync();

        var failure = await Record.ExceptionAsync(() => line.Transport.CloseAsync(TransportCloseReason.Ended, Cancel).AsTask().WaitAsync(s_patience, Cancel));

        Assert.Null(failure);
    }

    private static async Task<ClientInput?> ReceiveAsync(ITransportLine line) =>
        await line.Transport.ReceiveAsync(Cancel).AsTask().WaitAsync(s_patience, Cancel);
}

/// <summary>A transport and the client at its other end.</summary>
public interface ITransportLine : IAsyncDisposable
{
    IVoiceTransport Transport { get; }

    /// <summary>The client sends a message, or audio as an <see cref="AudioInput"/>.</summary>
    Task SayAsync(ClientInput input);

    /// <summary>The next <see cref="ServerMessage"/> or <see cref="AudioPacket"/> at the client.</summary>
    Task<object> HearAsync();

    /// <summary>The client is gone without a word.</summary>
    Task VanishAsync();
}
