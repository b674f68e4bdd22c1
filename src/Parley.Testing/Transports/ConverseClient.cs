using System.Net.WebSockets;
using System.Text;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Testing.Transports;

/// <summary>A client of a server's <c>/v1/converse</c> over a real WebSocket, for tests and load: remembers what came and waits for what should come.</summary>
/// <remarks>One sender and one receiver at a time; the two may overlap.</remarks>
public sealed class ConverseClient : IDisposable
{
    /// <summary>How long <see cref="ExpectAsync"/> waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConverseConnection _connection = new(TimeProvider.System);
    private readonly List<object> _received = [];

    /// <summary>The socket itself, for what a well-behaved client never does.</summary>
    public ClientWebSocket Socket => _connection.Socket;

    /// <summary>All that <see cref="ReceiveAsync"/> gave so far: <see cref="ServerMessage"/>s and <see cref="AudioPacket"/>s.</summary>
    public IReadOnlyList<object> Received => _received;

    public Task ConnectAsync(Uri server, string? subprotocol = ConverseConnection.Subprotocol) => _connection.ConnectAsync(server, subprotocol);

    /// <summary>Connects, starts a session and waits until it is ready.</summary>
    public static async Task<ConverseClient> StartAsync(Uri server, SessionConfig? config = null)
    {
        var client = new ConverseClient();
        await client.ConnectAsync(server);
        await client.SendAsync(new SessionStart(Config: config));
        await client.ExpectAsync<SessionReady>();
        return client;
    }

    public Task SendAsync(ClientMessage message) => _connection.SendAsync(message);

    /// <summary>Sends a text frame as it stands, valid or not.</summary>
    public Task SendTextAsync(string text) => _connection.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    /// <summary>Sends a binary frame.</summary>
    public Task SendAudioAsync(ReadOnlyMemory<byte> pcm) => _connection.SendAudioAsync(pcm);

    /// <inheritdoc cref="ConverseConnection.ReceiveAsync"/>
    public async Task<object?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var item = await _connection.ReceiveAsync(cancellationToken);
        if (item is not null) { _received.Add(item); }
        return item;
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
            $"No {typeof(T).Name} came (line: {Socket.State} {Socket.CloseStatus}), but:\n{string.Join('\n', _received.Skip(seen).TakeLast(20))}");
    }

    /// <summary>Receives until the server closes the line.</summary>
    /// <returns>Its close status; null if it closed without one.</returns>
    public async Task<WebSocketCloseStatus?> ExpectCloseAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await ReceiveAsync(limit.Token) is not null) { }
        return Socket.CloseStatus;
    }

    public void Dispose() => _connection.Dispose();
}
