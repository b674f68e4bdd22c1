using System.Buffers;
using System.Text.Json;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Transports.Devices;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Transports.Xiaozhi;

/// <summary>
/// A device with the firmware xiaozhi-esp32: it says hello, opens its microphone and closes it, and is told when to speak, what it says and how
/// it looks. docs/devices.md describes the dialect.
/// </summary>
/// <remarks>
/// The session's send loop alone writes to the line. What it finds out that concerns the session goes to the receive loop as input of its own.
/// </remarks>
public sealed class XiaozhiTransport : IVoiceTransport
{
    /// <summary>The name of the dialect in metrics.</summary>
    public const string Dialect = "xiaozhi";

    /// <summary>The longest frame that a device may send.</summary>
    public const int MaxFrame = 64 * 1024;

    private readonly IFrameLine _line;
    private readonly XiaozhiSession _session;
    private readonly DeviceSeat _seat;
    private readonly IOpusDecoder _decoder;
    private readonly IOpusEncoder _encoder;
    private readonly XiaozhiEar _ear;
    private readonly DeviceTools _tools;
    private readonly VoiceFrames _voice;
    private readonly SessionStart _start;
    private readonly ITimer _idle;
    private readonly CancellationTokenRegistration _onDisplaced;
    private readonly DeviceInputs _inputs;
    private readonly ArrayBufferWriter<byte> _message = new(512);
    private readonly byte[] _frame = new byte[BinaryFraming.MaxHeader + 1_275];
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private bool _isReady, _speaks;

    /// <param name="line">The line; disposed with this.</param>
    /// <param name="opus">Whose library is there.</param>
    /// <param name="session">What holds for all devices.</param>
    /// <param name="seat">The device's, which knows what it goes on with; not disposed with this.</param>
    /// <param name="deviceId">Who the device says it is; null: it does not say.</param>
    /// <param name="framing">The version of the binary framing that is spoken unless the hello names another; null: the plain one.</param>
    /// <param name="metrics">Where what is skipped is counted.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="VoiceException">There is no Opus; the message says what to install.</exception>
    public XiaozhiTransport(
        IFrameLine line, IOpusCodec opus, XiaozhiSession session, DeviceSeat seat, string? deviceId, int? framing, ParleyMetrics metrics, TimeProvider time)
    {
        (_line, _session, _seat, _start) = (line, session, seat, session.ToStart(deviceId));
        _decoder = opus.OpenDecoder(AudioMath.SpeechRate);
        _encoder = opus.OpenEncoder(XiaozhiSession.VoiceRate, XiaozhiSession.Frame);
        _voice = new VoiceFrames(_encoder);
        // What it was saying when the line broke the device has forgotten, and its user with it: only the conversation goes on.
        ClientInput start = seat.Ticket is { } ticket ? new SessionResume(ticket.SessionId, ticket.Token, ticket.LastSeq, GoOn: false) : _start;
        _inputs = new DeviceInputs(line, Take, time, seat.Displaced);
        _tools = new DeviceTools(time, _inputs.Add);
        _ear = new XiaozhiEar(_decoder, session, _tools, start, BinaryFraming.Supported(framing), metrics);
        _inputs.Open();
        _idle = time.CreateTimer(_ => _inputs.Leave(), null, session.IdleTimeout, Timeout.InfiniteTimeSpan);
        _onDisplaced = seat.Displaced.Register(_inputs.Leave);
    }

    public ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default) => _inputs.ReceiveAsync(cancellationToken);

    public async ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default)
    {
        _seat.Sent(message.Seq);
        Touch();
        switch (message)
        {
            case SessionReady m: await WelcomeAsync(m, cancellationToken); break;
            case AsrFinal m: await SendAsync(new UserSaid(m.Text), m, cancellationToken); break;
            case ReplyBegan m: await BeginAsync(m, cancellationToken); break;
            case EmotionTag m: await SendAsync(Faces.Of(m.Emotion), m, cancellationToken); break;
            case SegmentBegan m when _speaks: await SendAsync(new Speech(SpeechState.SentenceStart, m.Text.Trim()), m, cancellationToken); break;
            case AudioEnded when _speaks: await FlushAsync(cancellationToken); break;
            case ReplyFinished or GenerationCancelled when _speaks: await EndAsync(message, cancellationToken); break;
            case ErrorMessage m: await TellAsync(m, cancellationToken); break;
        }
        await UseToolsAsync(message, cancellationToken);
    }

    public async ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default)
    {
        var samples = packet.Samples;
        while (_speaks && !samples.IsEmpty)
        {
            if (_voice.TryTake(ref samples, out var frame)) { await SendAsync(frame, cancellationToken); }
        }
    }

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default) => _inputs.CloseAsync(reason, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _onDisplaced.DisposeAsync();
        await _idle.DisposeAsync();
        await _json.DisposeAsync();
        _tools.Dispose();
        await _line.DisposeAsync();
        _decoder.Dispose();
        _encoder.Dispose();
    }

    private IEnumerable<ClientInput> Take(Frame frame)
    {
        if (frame.IsText) { Touch(); }
        foreach (var input in _ear.Take(frame)) { yield return input; }
        if (_ear.HasLeft) { _inputs.Leave(); }
    }

    // ---- What the device is told ------------------------------------------------------------------------------------------

    private async ValueTask WelcomeAsync(SessionReady ready, CancellationToken cancellationToken)
    {
        _isReady = true;
        _seat.Ticket = new ResumeTicket(ready.SessionId, ready.ResumeToken, ready.Seq);
        var audio = new AudioParams("opus", XiaozhiSession.VoiceRate, Channels: 1, (int)XiaozhiSession.Frame.TotalMilliseconds);
        await SendAsync(new ServerHello(audio), ready, cancellationToken);
    }

    private async ValueTask BeginAsync(ReplyBegan reply, CancellationToken cancellationToken)
    {
        if (_ear.TakeWakeWord() is { } word) { await SendAsync(new UserSaid(word), reply, cancellationToken); }
        _voice.Begin();
        _speaks = _ear.IsMuted = true;
        // Before there is audio: the device throws away what comes before it has understood that it speaks.
        await SendAsync(new Speech(SpeechState.Start), reply, cancellationToken);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_voice.TryFlush(out var rest)) { await SendAsync(rest, cancellationToken); }
    }

    private async ValueTask EndAsync(ServerMessage end, CancellationToken cancellationToken)
    {
        _speaks = _ear.IsMuted = false;
        await SendAsync(new Speech(SpeechState.Stop), end, cancellationToken);
    }

    private async ValueTask TellAsync(ErrorMessage error, CancellationToken cancellationToken)
    {
        if (!_isReady && !error.Fatal && _seat.Ticket is not null)
        {
            // The session of before cannot go on: then it is another one.
            _seat.Ticket = null;
            _inputs.Add(_start);
        }
        else if (!_isReady || error.Fatal || error.Code == ErrorCodes.EngineFailed)
        {
            await SendAsync(new Alert("Parley", error.Message, "sad"), error, cancellationToken);
            if (!_isReady) { _inputs.Leave(); }
        }
    }

    private async ValueTask UseToolsAsync(ServerMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case SessionReady when _ear.OffersTools:
                await SendAsync(new ToolsOrder(_tools.Initialize()), message, cancellationToken);
                await SendAsync(new ToolsOrder(_tools.List()), message, cancellationToken);
                break;
            case Pong: await SendAsync(new ToolsOrder(_tools.List()), message, cancellationToken); break;
            case ToolCalled m when _tools.Call(m) is { } request: await SendAsync(new ToolsOrder(request), m, cancellationToken); break;
            case AsrFinal: _tools.OnUserSpoke(); break;
            case ReplyFinished m: _tools.OnHeard(m.GenerationId); break;
            case GenerationCancelled m: _tools.OnCancelled(m.GenerationId); break;
        }
    }

    private async ValueTask SendAsync(DeviceOrder order, ServerMessage because, CancellationToken cancellationToken)
    {
        order.SessionId = because.SessionId;
        _message.ResetWrittenCount();
        _json.Reset(_message);
        JsonSerializer.Serialize(_json, order, XiaozhiJson.Default.DeviceOrder);
        await _json.FlushAsync(cancellationToken);
        await _line.SendAsync(_message.WrittenMemory, isText: true, cancellationToken);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken)
    {
        var length = BinaryFraming.Write(_ear.Framing, packet.Span, _voice.At, _frame);
        return _line.SendAsync(_frame.AsMemory(0, length), isText: false, cancellationToken);
    }

    private void Touch() => _idle.Change(_session.IdleTimeout, Timeout.InfiniteTimeSpan);
}
