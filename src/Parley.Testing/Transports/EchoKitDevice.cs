using System.Net.WebSockets;
using System.Text;
using Parley.Transports;
using Parley.Transports.Lines;

namespace Parley.Testing.Transports;

/// <summary>A device with the EchoKit firmware, over a real WebSocket: remembers what came and waits for what should come.</summary>
/// <remarks>One sender and one receiver at a time; the two may overlap.</remarks>
public sealed class EchoKitDevice : IDisposable
{
    /// <summary>How long <see cref="ExpectAsync"/> waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>As much audio as the firmware sends at a time.</summary>
    private const int FrameBytes = 2 * 8_192;

    private readonly List<EchoKitEvent> _received = [];
    private readonly WebSocketLine _line;

    public EchoKitDevice() => _line = new WebSocketLine(Socket, int.MaxValue, TimeProvider.System);

    public ClientWebSocket Socket { get; } = new();

    /// <summary>All that came so far.</summary>
    public IReadOnlyList<EchoKitEvent> Received => _received;

    /// <summary>Connects.</summary>
    /// <param name="server">The server's address, <c>ws://host:port</c>.</param>
    /// <param name="path">Where to, with the query.</param>
    /// <param name="key">What it shows as a bearer token; null: nothing.</param>
    /// <exception cref="WebSocketException">It is refused; <see cref="ClientWebSocket.HttpStatusCode"/> says how.</exception>
    public async Task ConnectAsync(Uri server, string path, string? key = null)
    {
        Socket.Options.CollectHttpResponseDetails = true;
        if (key is not null) { Socket.Options.SetRequestHeader("Authorization", $"Bearer {key}"); }
        using var limit = new CancellationTokenSource(Patience);
        await Socket.ConnectAsync(new Uri(server, path), limit.Token);
    }

    public Task StartChatAsync() => SendAsync("""{"event":"StartChat"}""");

    public Task SubmitAsync() => SendAsync("""{"event":"Submit"}""");

    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text);

    /// <summary>Sends microphone audio, PCM16 at 16 kHz, in frames as large as the firmware's.</summary>
    public async Task SendAudioAsync(byte[] pcm)
    {
        foreach (var frame in pcm.Chunk(FrameBytes)) { await SendAsync(frame, WebSocketMessageType.Binary); }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type)
    {
        using var limit = new CancellationTokenSource(Patience);
        await Socket.SendAsync(frame, type, endOfMessage: true, limit.Token);
    }

    /// <summary>Waits for the next event.</summary>
    /// <returns>Null when the line is closed.</returns>
    public async Task<EchoKitEvent?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (await _line.ReceiveAsync(cancellationToken) is not { } frame)
        {
            await _line.CloseAsync(TransportCloseReason.Ended, cancellationToken);
            return null;
        }
        var happened = EchoKitEvent.Read(frame.Data);
        _received.Add(happened);
        return happened;
    }

    /// <summary>Receives until an event of that name comes.</summary>
    /// <exception cref="TimeoutException">It did not come, or the line was closed first; the message tells what came instead.</exception>
    public async Task<EchoKitEvent> ExpectAsync(string name)
    {
        var seen = _received.Count;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            while (await ReceiveAsync(limit.Token) is { } happened) { if (happened.Name == name) { return happened; } }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        throw new TimeoutException($"No {name} came (line: {Socket.State} {Socket.CloseStatus}), but: {string.Join(", ", _received.Skip(seen).TakeLast(20))}");
    }

    /// <summary>Receives until the server closes the line.</summary>
    public async Task ExpectCloseAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await ReceiveAsync(limit.Token) is not null) { }
    }

    public void Dispose() => Socket.Dispose();
}
