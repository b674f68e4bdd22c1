using System.Buffers;
using System.Text.Json;
using Parley.Transports.Protocol;

namespace Parley.Timeline;

/// <summary>Writes the data of one timeline entry after the other into the same memory.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class TimelineWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _written = new(1_024);
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>The entry's data as it is stored: nothing, PCM16 or one JSON value; valid until the next call.</summary>
    /// <exception cref="ArgumentException">Nobody said how to write data of this type: a slip in the code.</exception>
    public ReadOnlySpan<byte> Encode(TimelineEntry entry)
    {
        if (entry.Data is null) { return default; }
        if (entry.Data is ReadOnlyMemory<byte> pcm) { return pcm.Span; }
        _written.ResetWrittenCount();
        _json.Reset(_written);
        Write(entry.Data);
        _json.Flush();
        return _written.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private void Write(object data)
    {
        switch (data)
        {
            case ServerMessage message: JsonSerializer.Serialize(_json, message, ProtocolJson.Default.ServerMessage); break;
            case ClientMessage message: JsonSerializer.Serialize(_json, message, ProtocolJson.Default.ClientMessage); break;
            default:
                var type = TimelineJsonContext.Default.GetTypeInfo(data.GetType()) ?? throw new ArgumentException($"The timeline cannot write {data.GetType()}.", nameof(data));
                JsonSerializer.Serialize(_json, data, type);
                break;
        }
    }
}
