using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Parley.Audio;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Testing.Transports;

/// <summary>A client of a server's <c>/v1/converse</c> over a real WebSocket, for tests and load.</summary>
/// <remarks>One sender and one receiver at a time; the two may overlap.</remarks>
public sealed class ConverseClient : IDisposable
{
    /// <summary>How long <see cref="ExpectAsync"/> waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly List<object> _received = [];
    private byte[] _buffer = new byte[16 * 1024];
    private int _outputRate = AudioMath.SpeechRate;

    /// <summary>The socket itself, for what a well-behaved client never does.</summary>
    public ClientWebSocket Socket => _socket;

    /// <summary>All that <see cref="ReceiveAsync"/> gave so far: <see cref="ServerMessage"/>s and <see cref="AudioPacket"/>s.</summary>
    public IReadOnlyList<object> Received => _received;

    public async Task ConnectAsync(Uri server, string? subprotocol = "parley.v1")
    {
        using var limit = new CancellationTokenSource(Patience);
        if (subprotocol is not null) { _socket.Options.AddSubProtocol(subprotocol); }
        await _socket.ConnectAsync(new Uri(server, "/v1/converse"), limit.Token);
    }

    /// <summary>Connects, starts a session and waits until it is ready.</summary>
    public static async Task<ConverseClient> StartAsync(Uri server, SessionConfig? config = null)
    {
        var client = new ConverseClient();
        await client.ConnectAsync(server);
        await client.SendAsync(new SessionStart(Config: config));
        await client.ExpectAsync<SessionReady>();
        return client;
    }

    public Task SendAsync(ClientMessage message)
    {
        if (message is SessionStart { Config.Audio.Out.SampleRate: { } rate }) { _outputRate = rate; }
        return SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage), WebSocketMessageType.Text);
    }

    /// <summary>Sends a text frame as it stands, valid or not.</summary>
    public Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    /// <summary>Sends a binary frame.</summary>
    public Task SendAudioAsync(ReadOnlyMemory<byte> pcm) => SendAsync(pcm, WebSocketMessageType.Binary);

    /// <summary>Gives the next <see cref="ServerMessage"/> or <see cref="AudioPacket"/>; null when the line is closed.</summary>
    public async Task<object?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length) { Array.Resize(ref _buffer, 2 * length); }
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            }
            catch (WebSocketException)
            {
                return null;
            }
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if (_socket.State == WebSocketState.CloseReceived) { await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken); }
                return null;
            }
            length += part.Count;
            if (!part.EndOfMessage) { continue; }
            object item = part.MessageType == WebSocketMessageType.Binary
                ? AudioPacketHeader.Read(_buffer.AsSpan(0, length), _outputRate)
                : JsonSerializer.Deserialize(_buffer.AsSpan(0, length), ProtocolJson.Default.ServerMessage)!;
            _received.Add(item);
            return item;
        }
    }

    /// <summary>Receives until something of the kind comes.</summary>
    /// <exception cref="TimeoutException">It did not come, or the line was closed first; the message tells what came instead.</exception>
    public async Task<T> ExpectAsync<T>(Func<T, bool>? which = null)
    {
        var seen = _received.Count;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await ReceiveAsync(limit.Token) is { } item)
            {
                if (item is T wanted && (which?.Invoke(wanted) ?? true)) { return wanted; }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        throw new TimeoutException(
            $"No {typeof(T).Name} came (line: {_socket.State} {_socket.CloseStatus}), but:\n{string.Join('\n', _received.Skip(seen).TakeLast(20))}");
    }

    /// <summary>Receives until the server closes the line.</summary>
    /// <returns>Its close status; null if it closed without one.</returns>
    public async Task<WebSocketCloseStatus?> ExpectCloseAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await ReceiveAsync(limit.Token) is not null) { }
        return _socket.CloseStatus;
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _socket.SendAsync(frame, type, endOfMessage: true, limit.Token);
    }
}
