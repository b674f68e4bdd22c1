using System.Net.WebSockets;
using System.Text.Json;
using Parley.Audio;
using Parley.Transports.Lines;

namespace Parley.Transports.Protocol;

/// <summary>The client's end of <c>/v1/converse</c> over a real WebSocket: for tools, tests and programs that talk to a Parley server.</summary>
/// <remarks>One sender and one receiver at a time; the two may overlap.</remarks>
public sealed class ConverseConnection : IDisposable
{
    public const string Subprotocol = "parley.v1";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time;
    private readonly string? _key;
    private readonly WebSocketLine _line;
    private int _outputRate = AudioMath.SpeechRate;

    /// <param name="time">The clock of its waits.</param>
    /// <param name="key">The key to show, where the server asks for one.</param>
    public ConverseConnection(TimeProvider time, string? key = null) => (_time, _key, _line) = (time, key, new WebSocketLine(Socket, int.MaxValue, time));

    /// <summary>The socket itself, for what is not of the protocol.</summary>
    public ClientWebSocket Socket { get; } = new();

    /// <summary>Connects.</summary>
    /// <param name="server">The server's address, <c>ws://host:port</c>.</param>
    /// <param name="subprotocol">What to offer; null offers nothing.</param>
    /// <param name="cancellationToken">Gives up the wait, which lasts 20 seconds at most.</param>
    /// <exception cref="WebSocketException">Nobody answers there, or not as a Parley server, or the key is wrong.</exception>
    public async Task ConnectAsync(Uri server, string? subprotocol = Subprotocol, CancellationToken cancellationToken = default)
    {
        if (subprotocol is not null) { Socket.Options.AddSubProtocol(subprotocol); }
        if (_key is not null) { Socket.Options.SetRequestHeader("Authorization", $"Bearer {_key}"); }
        await Socket.ConnectAsync(new Uri(server, "/v1/converse"), cancellationToken).WaitAsync(s_timeout, _time, cancellationToken);
    }

    public Task SendAsync(ClientMessage message, CancellationToken cancellationToken = default)
    {
        if (message is SessionStart { Config.Audio.Out.SampleRate: { } rate }) { _outputRate = rate; }
        return SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage), WebSocketMessageType.Text, cancellationToken);
    }

    /// <summary>Sends microphone audio: PCM16 little endian at the rate that the session was started with.</summary>
    public Task SendAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken = default) =>
        SendAsync(pcm, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>Sends a frame as it stands, valid or not.</summary>
    /// <exception cref="TimeoutException">The server does not read.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type, CancellationToken cancellationToken = default) =>
        Socket.SendAsync(frame, type, endOfMessage: true, cancellationToken).AsTask().WaitAsync(s_timeout, _time, cancellationToken);

    /// <summary>Waits for the next <see cref="ServerMessage"/> or <see cref="AudioPacket"/>.</summary>
    /// <returns>Null when the line is closed; the server's goodbye is answered.</returns>
    public async Task<object?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        if (await _line.ReceiveAsync(cancellationToken) is not { } frame)
        {
            await _line.CloseAsync(TransportCloseReason.Ended, cancellationToken);
            return null;
        }
        return frame.IsText
            ? JsonSerializer.Deserialize(frame.Data.Span, ProtocolJson.Default.ServerMessage)! : AudioPacketHeader.Read(frame.Data.Span, _outputRate);
    }

    public void Dispose() => Socket.Dispose();
}
