using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Parley.Server.Transports.Native;
using Parley.Testing.Contracts;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests;

/// <summary>The native transport over a real TCP connection.</summary>
public sealed class WebSocketTransportTests : VoiceTransportContract
{
    protected override async Task<ITransportLine> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connecting = listener.AcceptSocketAsync();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndpoint);
        return new Line(await connecting, client);
    }

    private sealed class Line(Socket serverSide, Socket clientSide) : ITransportLine
    {
        private readonly WebSocket _client = WebSocket.CreateFromStream(
            new NetworkStream(clientSide), new WebSocketCreationOptions { IsServer = false });

        public IVoiceTransport Transport { get; } = new WebSocketTransport(
            WebSocket.CreateFromStream(new NetworkStream(serverSide, ownsSocket: true), new WebSocketCreationOptions { IsServer = true }));

        public Task SayAsync(ClientInput input) => input switch
        {
            AudioInput audio => _client.SendAsync(audio.Pcm, WebSocketMessageType.Binary, true, default).AsTask(),
            ClientMessage message => _client.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage), WebSocketMessageType.Text, true, default),
            _ => throw new ArgumentException("Not something that a client sends.", nameof(input)),
        };

        public async Task<object> HearAsync()
        {
            var buffer = new byte[64 * 1024];
            var part = await _client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.True(part.EndOfMessage);
            return part.MessageType == WebSocketMessageType.Binary
                ? AudioPacketHeader.Read(buffer.AsSpan(0, part.Count), 16_000)
                : JsonSerializer.Deserialize(buffer.AsSpan(0, part.Count), ProtocolJson.Default.ServerMessage)!;
        }

        public Task VanishAsync()
        {
            // A reset, not a goodbye.
            clientSide.LingerState = new LingerOption(true, 0);
            clientSide.Close();
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await Transport.DisposeAsync();
            _client.Dispose();
            clientSide.Dispose();
        }
    }
}
