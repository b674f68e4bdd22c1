using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Parley.Audio;
using Parley.Time;
using Parley.Transports.Lines;

namespace Parley.Transports.Protocol;

/// <summary><c>parley.v1</c> over a line: text frames are messages, binary frames are audio.</summary>
/// <param name="line">The line; disposed with this.</param>
public sealed class ConverseTransport(IFrameLine line) : IVoiceTransport
{
    /// <summary>The longest frame that a client may send.</summary>
    public const int MaxFrame = 256 * 1024;

    private readonly AudioLender _audio = new();
    private readonly ArrayBufferWriter<byte> _message = new(1_024);
    private byte[] _packet = [];
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))] // One a frame.
    public async ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default) =>
        await line.ReceiveAsync(cancellationToken) switch
        {
            null => null,
            { IsTooLarge: true } => new InvalidInput(ErrorCodes.TooLarge, $"A frame holds at most {MaxFrame} bytes."),
            { IsText: true } frame => ClientMessageReader.Read(frame.Data.Span),
            { } frame => _audio.Lend(frame.Data.Span),
        };

    public async ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default)
    {
        _message.ResetWrittenCount();
        _json.Reset(_message);
        JsonSerializer.Serialize(_json, message, ProtocolJson.Default.ServerMessage);
        await _json.FlushAsync(cancellationToken);
        await line.SendAsync(_message.WrittenMemory, isText: true, cancellationToken);
    }

    public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default)
    {
        var length = AudioPacketHeader.Size + packet.Samples.Length * sizeof(short);
        if (_packet.Length < length) { _packet = new byte[length]; }
        AudioPacketHeader.Write(packet, _packet);
        Pcm16.Write(packet.Samples.Span, _packet.AsSpan(AudioPacketHeader.Size));
        return line.SendAsync(_packet.AsMemory(0, length), isText: false, cancellationToken);
    }

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default) => line.CloseAsync(reason, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await line.DisposeAsync();
    }
}
