using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Transports.Native;

/// <summary><c>parley.v1</c> over a WebSocket: text frames are messages, binary frames are audio.</summary>
/// <param name="socket">The line; disposed with this.</param>
/// <param name="gone">Cancelled when the connection is lost: Kestrel takes what is sent after that and says nothing.</param>
internal sealed class WebSocketTransport(WebSocket socket, CancellationToken gone = default) : IVoiceTransport
{
    /// <summary>The longest frame that is taken.</summary>
    public const int MaxFrame = 256 * 1024;

    /// <summary>A longer one is not even skipped: the line is closed.</summary>
    private const int MaxSkipped = 16 * 1024 * 1024;

    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    private readonly ArrayBufferWriter<byte> _message = new(1_024);
    private readonly byte[] _received = new byte[16 * 1024];
    private readonly byte[] _packet = new byte[AudioPacketHeader.Size + AudioMath.MaxRate / 50 * sizeof(short)];
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    public async ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await ReceiveFrameAsync(cancellationToken);
        }
        catch (Exception e) when (IsGone(e, cancellationToken))
        {
            return null;
        }
    }

    public async ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default)
    {
        _message.ResetWrittenCount();
        _json.Reset(_message);
        JsonSerializer.Serialize(_json, message, ProtocolJson.Default.ServerMessage);
        await _json.FlushAsync(cancellationToken);
        await SendAsync(_message.WrittenMemory, WebSocketMessageType.Text, cancellationToken);
    }

    public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default)
    {
        AudioPacketHeader.Write(packet, _packet);
        Pcm16.Write(packet.Samples.Span, _packet.AsSpan(AudioPacketHeader.Size));
        var length = AudioPacketHeader.Size + packet.Samples.Length * sizeof(short);
        return SendAsync(_packet.AsMemory(0, length), WebSocketMessageType.Binary, cancellationToken);
    }

    public async ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_closeTimeout);
        try
        {
            var status = reason switch
            {
                TransportCloseReason.PolicyViolation => WebSocketCloseStatus.PolicyViolation,
                TransportCloseReason.ServerError => WebSocketCloseStatus.InternalServerError,
                TransportCloseReason.GoingAway => WebSocketCloseStatus.EndpointUnavailable,
                _ => WebSocketCloseStatus.NormalClosure,
            };
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, reason.ToString(), limit.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone without a word.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        socket.Dispose();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        if (gone.IsCancellationRequested) { throw Gone(); }
        try
        {
            await socket.SendAsync(frame, type, endOfMessage: true, cancellationToken);
        }
        catch (Exception e) when (IsGone(e, cancellationToken))
        {
            throw Gone(e);
        }
    }

    private static VoiceException Gone(Exception? inner = null) => new(VoiceStage.Transport, "The client has gone.", isTransient: true, inner);

    /// <summary>Whether the line is dead. A socket that was aborted, by a missed keep-alive for one, says so as a cancellation.</summary>
    private static bool IsGone(Exception e, CancellationToken cancellationToken) =>
        e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async ValueTask<ClientInput?> ReceiveFrameAsync(CancellationToken cancellationToken)
    {
        var frame = new ArrayBufferWriter<byte>(1_024);
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_received.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) { return null; }
            length += part.Count;
            if (length > MaxSkipped) { return null; }
            if (length <= MaxFrame) { frame.Write(_received.AsSpan(0, part.Count)); }
            if (!part.EndOfMessage) { continue; }
            if (length > MaxFrame) { return new InvalidInput(ErrorCodes.TooLarge, $"A frame holds at most {MaxFrame} bytes."); }
            return part.MessageType == WebSocketMessageType.Binary
                ? new AudioInput(frame.WrittenMemory) : ClientMessageReader.Read(frame.WrittenSpan);
        }
    }
}
