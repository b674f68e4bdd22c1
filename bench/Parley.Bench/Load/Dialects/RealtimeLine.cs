using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Parley.Transports.Lines;

namespace Parley.Bench.Load.Dialects;

/// <summary>OpenAI's Realtime API: events in JSON, audio in base64.</summary>
internal sealed class RealtimeLine : IDialectLine
{
    private static readonly byte[] s_update = """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad"}}}}}"""u8.ToArray();
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly ArrayBufferWriter<byte> _out = new(8 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly byte[] _audio = new byte[64 * 1024];
    private readonly WebSocketLine _line;

    private RealtimeLine() => (_json, _line) = (new Utf8JsonWriter(_out), new WebSocketLine(_socket, int.MaxValue, TimeProvider.System));

    public static async Task<IDialectLine> ConnectAsync(Uri server)
    {
        var line = new RealtimeLine();
        using var limit = new CancellationTokenSource(s_patience);
        await line._socket.ConnectAsync(new Uri(server, "/v1/realtime?model=gpt-realtime"), limit.Token);
        await line._socket.SendAsync(s_update, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        return line;
    }

    public void Send(ReadOnlyMemory<byte> pcm)
    {
        _out.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, "input_audio_buffer.append"u8);
        _json.WriteBase64String("audio"u8, pcm.Span);
        _json.WriteEndObject();
        _json.Flush();
        _socket.SendAsync(_out.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public async Task<Heard?> HearAsync() => await _line.ReceiveAsync() is { } frame ? Read(frame.Data.Span) : null;

    public Task EndAsync() => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(s_patience);

    public void Dispose()
    {
        _json.Dispose();
        _socket.Dispose();
    }

    /// <summary>As a client does: the whole event is read, audio is decoded.</summary>
    private Heard Read(ReadOnlySpan<byte> frame)
    {
        var json = new Utf8JsonReader(frame);
        var (kind, samples) = (HeardKind.Other, 0);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1) { continue; }
            if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                kind = json.ValueTextEquals("response.output_audio.delta"u8) ? HeardKind.Audio
                    : json.ValueTextEquals("response.done"u8) ? HeardKind.Done
                    : json.ValueTextEquals("error"u8) ? HeardKind.Error : HeardKind.Other;
            }
            else if (kind == HeardKind.Audio && json.ValueTextEquals("delta"u8))
            {
                json.Read();
                var length = json.CopyString(_audio);
                System.Buffers.Text.Base64.DecodeFromUtf8InPlace(_audio.AsSpan(0, length), out var bytes);
                samples = bytes / sizeof(short);
            }
        }
        return new Heard(kind, samples);
    }
}
