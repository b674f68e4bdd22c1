using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Parley.Server.Tests.Realtime;

/// <summary>A client of the Realtime API over a real WebSocket: remembers what came and waits for what should come.</summary>
internal sealed class RealtimeClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly List<JsonElement> _received = [];

    public ClientWebSocket Socket { get; } = new();

    public IReadOnlyList<JsonElement> Received => _received;

    public async Task ConnectAsync(Uri server, string query = "model=gpt-realtime")
    {
        using var limit = new CancellationTokenSource(s_patience);
        await Socket.ConnectAsync(new Uri(server, $"/v1/realtime?{query}"), limit.Token);
    }

    public static async Task<RealtimeClient> StartAsync(Uri server, string query = "model=gpt-realtime")
    {
        var client = new RealtimeClient();
        await client.ConnectAsync(server, query);
        return client;
    }

    public async Task SayAsync(string json)
    {
        using var limit = new CancellationTokenSource(s_patience);
        await Socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    public Task AppendAsync(ReadOnlyMemory<byte> audio) => SayAsync($$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(audio.Span)}}"}""");

    /// <summary>Reads until such an event came.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public async Task<JsonElement> ExpectAsync(string type, Func<JsonElement, bool>? which = null)
    {
        var at = 0;
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            for (; at < _received.Count; at++)
            {
                if (_received[at].GetProperty("type").GetString() == type && (which?.Invoke(_received[at]) ?? true)) { return _received[at]; }
            }
            try
            {
                if (await ReceiveAsync(limit.Token) is not { } next) { throw new InvalidOperationException($"The line was closed before {type}: {Socket.CloseStatus}."); }
                _received.Add(next);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No {type}; there came:\n{string.Join('\n', _received.TakeLast(20))}");
            }
        }
    }

    /// <summary>The next event; null: the line was closed.</summary>
    public async Task<JsonElement?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await Socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) { return null; }
            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) { return JsonDocument.Parse(frame.ToArray()).RootElement; }
        }
    }

    public void Dispose() => Socket.Dispose();
}
