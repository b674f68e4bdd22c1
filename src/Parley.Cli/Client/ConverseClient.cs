using System.Net.WebSockets;
using System.Text.Json;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Cli.Client;

/// <summary>A client of <c>/v1/converse</c> over a real WebSocket.</summary>
/// <remarks>One receiver; sends may come from any thread, one at a time.</remarks>
internal sealed class ConverseClient : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _buffer = new byte[512 * 1024];
    private int _outputRate = Audio.AudioMath.SpeechRate;

    public async Task ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        _socket.Options.AddSubProtocol("parley.v1");
        await _socket.ConnectAsync(new Uri(server, "/v1/converse"), limit.Token);
    }

    public Task SendAsync(ClientMessage message, CancellationToken cancellationToken)
    {
        if (message is SessionStart { Config.Audio.Out.SampleRate: { } rate }) { _outputRate = rate; }
        return SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage), WebSocketMessageType.Text, cancellationToken);
    }

    public Task SendAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) =>
        SendAsync(pcm, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>Gives the next <see cref="ServerMessage"/> or <see cref="AudioPacket"/>; null at the end.</summary>
    public async Task<object?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            }
            catch (WebSocketException)
            {
                return null;
            }
            if (part.MessageType == WebSocketMessageType.Close) { return null; }
            length += part.Count;
            if (!part.EndOfMessage) { continue; }
            return part.MessageType == WebSocketMessageType.Binary
                ? AudioPacketHeader.Read(_buffer.AsSpan(0, length), _outputRate)
                : JsonSerializer.Deserialize(_buffer.AsSpan(0, length), ProtocolJson.Default.ServerMessage);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // The server closed first.
            }
        }
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(frame, type, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}
