using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Parley.Audio.Codecs;
using Parley.Transports.Lines;

namespace Parley.Testing.Transports;

/// <summary>
/// A device with the firmware xiaozhi-esp32, over a real WebSocket, as far as a server can tell: it speaks plain framing, takes audio only while it was told to speak, and
/// in mode <c>auto</c> opens its microphone again after each reply.
/// </summary>
/// <remarks>One sender and one receiver at a time.</remarks>
public sealed class XiaozhiDevice : IDisposable
{
    private const int MicrophoneRate = 16_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly WebSocketLine _line;
    private readonly IOpusCodec _opus;
    private readonly IOpusEncoder _encoder;
    private readonly List<short> _heard = [];
    private IOpusDecoder? _decoder;
    private string? _mode;
    private bool _speaks;

    /// <param name="opus">Its codec.</param>
    public XiaozhiDevice(IOpusCodec opus) =>
        (_opus, _encoder, _line) = (opus, opus.OpenEncoder(MicrophoneRate, s_frame), new WebSocketLine(_socket, int.MaxValue, TimeProvider.System));

    /// <summary>The line itself.</summary>
    public ClientWebSocket Socket => _socket;

    /// <summary>What the server named the session; null before its hello.</summary>
    public string? SessionId { get; private set; }

    /// <summary>The texts that the device would show, with a <c>&gt;</c> before what its user said.</summary>
    public List<string> Shown { get; } = [];

    /// <summary>What it played, at the rate of the server's hello.</summary>
    public IReadOnlyList<short> Heard => _heard;

    /// <summary>Frames that came while it did not speak, and were lost.</summary>
    public int LostFrames { get; private set; }

    /// <summary>Connects and exchanges hellos.</summary>
    /// <param name="address">The WebSocket.</param>
    /// <param name="deviceId">Its MAC address.</param>
    /// <param name="clientId">What its software drew.</param>
    /// <param name="token">The key; null: it has none.</param>
    /// <exception cref="WebSocketException">The server refuses; the socket tells with what status.</exception>
    public async Task ConnectAsync(Uri address, string deviceId = "aa:bb:cc:dd:ee:ff", string clientId = "6ba7b810", string? token = null)
    {
        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.SetRequestHeader("Protocol-Version", "1");
        _socket.Options.SetRequestHeader("Device-Id", deviceId);
        _socket.Options.SetRequestHeader("Client-Id", clientId);
        if (token is not null) { _socket.Options.SetRequestHeader("Authorization", $"Bearer {token}"); }
        using var limit = new CancellationTokenSource(s_patience);
        await _socket.ConnectAsync(address, limit.Token);
        await SendAsync("""{"type":"hello","version":1,"features":{"mcp":true},"transport":"websocket","audio_params":{"format":"opus","sample_rate":16000,"channels":1,"frame_duration":60}}""");
        await ExpectAsync("hello");
    }

    /// <summary>Opens the microphone.</summary>
    public Task ListenAsync(string mode)
    {
        _mode = mode;
        return SendAsync($$"""{"session_id":"{{SessionId}}","type":"listen","state":"start","mode":"{{mode}}"}""");
    }

    /// <summary>The microphone hears these samples, at 16 kHz; faster than real time, which a server allows for a while.</summary>
    public async Task HearAsync(ReadOnlyMemory<short> samples)
    {
        for (var at = 0; at < samples.Length; at += _encoder.FrameSamples)
        {
            var frame = samples[at..Math.Min(at + _encoder.FrameSamples, samples.Length)];
            await SendAsync(_encoder.Encode(frame.Span), WebSocketMessageType.Binary);
        }
    }

    /// <summary>Sends a message.</summary>
    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text);

    /// <summary>Sends a frame as it stands.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> data, WebSocketMessageType type)
    {
        using var limit = new CancellationTokenSource(s_patience);
        await _socket.SendAsync(data, type, endOfMessage: true, limit.Token);
    }

    /// <summary>Receives until a message of the type came, and of the state if one is named.</summary>
    /// <exception cref="TimeoutException">It did not, or the line was closed first.</exception>
    public async Task<JsonElement> ExpectAsync(string type, string? state = null)
    {
        using var limit = new CancellationTokenSource(s_patience);
        try
        {
            while (await ReceiveAsync(limit.Token) is { } message)
            {
                if (message.Type == type && (state is null || message.State == state)) { return message.Json; }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }
        throw new TimeoutException($"No {type} {state} came (line: {_socket.State} {_socket.CloseStatus}).");
    }

    /// <summary>Receives until the server closes the line, and closes its own side.</summary>
    public async Task<WebSocketCloseStatus?> ExpectCloseAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (await ReceiveAsync(limit.Token) is not null) { }
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
        return _socket.CloseStatus;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _encoder.Dispose();
        _decoder?.Dispose();
    }

    /// <summary>The next message; audio before it is played. Null: the line was closed.</summary>
    private async Task<Message?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await _line.ReceiveAsync(cancellationToken) is { } frame)
        {
            if (frame.IsText) { return await TakeAsync(JsonDocument.Parse(frame.Data).RootElement); }
            Play(frame.Data.Span);
        }
        return null;
    }

    private void Play(ReadOnlySpan<byte> packet)
    {
        if (_speaks) { _heard.AddRange(_decoder!.Decode(packet)); } else { LostFrames++; }
    }

    private async Task<Message> TakeAsync(JsonElement json)
    {
        var message = new Message(json, json.GetProperty("type").GetString()!, json.TryGetProperty("state", out var state) ? state.GetString() : null);
        switch (message)
        {
            case { Type: "hello" }:
                SessionId = json.GetProperty("session_id").GetString();
                _decoder = _opus.OpenDecoder(json.GetProperty("audio_params").GetProperty("sample_rate").GetInt32());
                break;
            case { Type: "stt" }: Shown.Add($"> {json.GetProperty("text").GetString()}"); break;
            case { Type: "tts", State: "sentence_start" }: Shown.Add(json.GetProperty("text").GetString()!); break;
            case { Type: "tts", State: "start" }:
                _speaks = true;
                _decoder!.Reset();
                break;
            case { Type: "tts", State: "stop" }:
                _speaks = false;
                if (_mode == "auto") { await ListenAsync(_mode); }
                break;
        }
        return message;
    }

    private sealed record Message(JsonElement Json, string Type, string? State);
}
