using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parley.Transports.Lines;
using Parley.Transports.Realtime.Beta;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime;

/// <summary>Writes events to the line, one text frame each.</summary>
/// <param name="line">The line.</param>
/// <param name="speaksBeta">Whether the client is from before the API was released.</param>
/// <remarks>One write at a time; the buffers are its own.</remarks>
internal sealed class EventWriter(IFrameLine line, bool speaksBeta) : IDisposable
{
    // A transcript in another script is not made six times as long by escapes.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _frame = new(1_024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, s_options);

    /// <exception cref="Diagnostics.VoiceException">The client has gone.</exception>
    public ValueTask WriteAsync(ServerEvent happened, CancellationToken cancellationToken)
    {
        _frame.ResetWrittenCount();
        _json.Reset(_frame);
        if (!speaksBeta)
        {
            JsonSerializer.Serialize(_json, happened, RealtimeJson.Default.ServerEvent);
        }
        else if (BetaEvents.ToBeta(JsonSerializer.SerializeToNode(happened, RealtimeJson.Default.ServerEvent)!.AsObject()) is { } then)
        {
            then.WriteTo(_json);
        }
        else
        {
            return ValueTask.CompletedTask;
        }
        _json.Flush();
        return line.SendAsync(_frame.WrittenMemory, isText: true, cancellationToken);
    }

    public void Dispose() => _json.Dispose();
}
