using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Transports.Devices;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Transports.EchoKit;

/// <summary>
/// A device with the EchoKit firmware: it opens its microphone, is told what was understood, and plays the answer sentence by sentence. It interrupts by
/// connecting anew. docs/devices.md describes the dialect.
/// </summary>
/// <remarks>The session's send loop alone writes to the line.</remarks>
public sealed class EchoKitTransport : IVoiceTransport
{
    /// <summary>The name of the dialect in metrics.</summary>
    public const string Dialect = "echokit";

    /// <summary>The longest frame that a device may send: 8 s of audio.</summary>
    public const int MaxFrame = 256 * 1024;

    /// <summary>How much of the hello's file is in a message.</summary>
    private const int HelloSlice = 2_048;

    private readonly IFrameLine _line;
    private readonly EchoKitRequest _request;
    private readonly EchoKitSession _session;
    private readonly DeviceSeat _seat;
    private readonly SessionStart _start;
    private readonly IOpusEncoder? _opus;
    private readonly EchoKitEventWriter _events;
    private readonly VowelTrack _vowels = new();
    private readonly SentenceAudio _sentence;
    private readonly DeviceReply _reply = new();
    private readonly EchoKitEar _ear;
    private readonly DeviceInputs _inputs;
    private readonly CancellationTokenRegistration _onDisplaced;
    private string _text = "";
    private bool _isReady, _inSentence, _owesEnd, _isSpoken;

    /// <param name="line">The line; disposed with this.</param>
    /// <param name="request">What the device asks for.</param>
    /// <param name="session">What holds for all devices.</param>
    /// <param name="seat">The device's, which knows what it may go on with; not disposed with this.</param>
    /// <param name="deviceId">Who the device says it is.</param>
    /// <param name="opus">Whose library is there, if the device asks for Opus.</param>
    /// <param name="metrics">Where what is skipped is counted.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="VoiceException">There is no Opus; the message says what to install.</exception>
    public EchoKitTransport(
        IFrameLine line, EchoKitRequest request, EchoKitSession session, DeviceSeat seat, string deviceId, IOpusCodec opus, ParleyMetrics metrics,
        TimeProvider time)
    {
        (_line, _request, _session, _seat, _start) = (line, request, session, seat, session.ToStart(deviceId, request));
        _opus = request.Opus ? opus.OpenEncoder(AudioMath.SpeechRate, SentenceAudio.Frame) : null;
        _events = new EchoKitEventWriter(session.PacksBytes);
        _sentence = new SentenceAudio(_events, _opus, request.Vowels ? _vowels : null);
        _ear = new EchoKitEar(request.Streams, _reply, metrics);
        _inputs = new DeviceInputs(line, _ear.Take, time, seat.Displaced);
        if (!request.GoesOn) { seat.Ticket = null; }
        // The device has forgotten what it was playing; an answer that it has not heard the begin of it still gets.
        _inputs.Add(seat.Ticket is { } ticket ? new SessionResume(ticket.SessionId, ticket.Token, ticket.LastSeq, GoOn: false) : _start);
        _onDisplaced = seat.Displaced.Register(_inputs.Leave);
    }

    /// <summary>Why the session did not begin; null if it did. For the operator: the device cannot show it.</summary>
    public string? Refusal { get; private set; }

    public ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default) => _inputs.ReceiveAsync(cancellationToken);

    public async ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default)
    {
        _seat.Sent(message.Seq);
        switch (message)
        {
            case SessionReady m: await WelcomeAsync(m, cancellationToken); break;
            case ErrorMessage m when !_isReady: Reconsider(m); break;
            case AsrPartial { Text.Length: > 0 } m when _request.Streams: await SendAsync(_events.Asr(m.Text), cancellationToken); break;
            case TurnEnded: await EndTurnAsync(cancellationToken); break;
            case AsrFinal m: await SendAsync(_events.Asr(m.Text), cancellationToken); break;
            case StateUpdate { State: TurnState.Idle } when _owesEnd: await EndAsync(cancellationToken); break;
            case ReplyBegan m: Begin(m.GenerationId); break;
            case AssistantTextDone m: _text = m.Text; break;
            case SuggestionsOffered m: await OfferAsync(m, cancellationToken); break;
            case SegmentBegan m: await BeginSentenceAsync(m, cancellationToken); break;
            case VisemeTimeline m when _request.Vowels: _vowels.Add(m.Items); break;
            case AudioEnded m: await LeaveAsync(m, cancellationToken); break;
            case ReplyFinished: await FinishAsync(cancellationToken); break;
            case GenerationCancelled: await CancelAsync(cancellationToken); break;
        }
    }

    public async ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default)
    {
        if (!_inSentence || _reply.IsDropped) { return; }
        var samples = packet.Samples;
        while (_sentence.TryTake(ref samples, out var message)) { await SendAsync(message, cancellationToken); }
    }

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default) => _inputs.CloseAsync(reason, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _onDisplaced.DisposeAsync();
        await _line.DisposeAsync();
        _opus?.Dispose();
    }

    // ---- The session begins -----------------------------------------------------------------------------------------------

    private async ValueTask WelcomeAsync(SessionReady ready, CancellationToken cancellationToken)
    {
        _isReady = true;
        _seat.Ticket = new ResumeTicket(ready.SessionId, ready.ResumeToken, ready.Seq);
        if (ready.Resumed) { _inputs.Add(new SessionUpdate(new SessionConfig { Turn = new TurnConfig { Mode = EchoKitSession.ModeOf(_request) } })); }
        _inputs.Open();
        if (_request.GoesOn) { return; }
        await SendAsync(_events.HelloStart(), cancellationToken);
        for (var hello = _session.Hello; !hello.IsEmpty; hello = hello[Math.Min(HelloSlice, hello.Length)..])
        {
            await SendAsync(_events.HelloChunk(hello.Span[..Math.Min(HelloSlice, hello.Length)]), cancellationToken);
        }
        await SendAsync(_events.HelloEnd(), cancellationToken);
    }

    /// <summary>The session of before cannot go on: then it is another one. That this one cannot begin ends the line.</summary>
    private void Reconsider(ErrorMessage error)
    {
        if (_seat.Ticket is not null && !error.Fatal)
        {
            _seat.Ticket = null;
            _inputs.Add(_start);
            return;
        }
        Refusal = error.Message;
        _inputs.Leave();
    }

    // ---- A turn -----------------------------------------------------------------------------------------------------------

    private async ValueTask EndTurnAsync(CancellationToken cancellationToken)
    {
        // Whatever comes of it, the device waits for an end.
        _owesEnd = true;
        if (_request.Streams) { await SendAsync(_events.EndVad(), cancellationToken); }
    }

    private void Begin(uint generation)
    {
        if (!_reply.Begin(generation)) { return; }
        _vowels.Clear();
        (_text, _isSpoken, _owesEnd) = ("", false, true);
    }

    private async ValueTask OfferAsync(SuggestionsOffered offered, CancellationToken cancellationToken)
    {
        _ear.Offer(offered.Items);
        await SendAsync(_events.Choices("", [.. offered.Items.Select(i => i.Text)]), cancellationToken);
    }

    private async ValueTask BeginSentenceAsync(SegmentBegan segment, CancellationToken cancellationToken)
    {
        // Of a reply that goes on after a break the begin was told before.
        Begin(segment.GenerationId);
        if (_reply.IsDropped) { return; }
        await EndSentenceAsync(cancellationToken);
        _sentence.Begin(segment.SampleOffset);
        _inSentence = _isSpoken = true;
        await SendAsync(_events.StartAudio(segment.Text.Trim()), cancellationToken);
    }

    private async ValueTask EndSentenceAsync(CancellationToken cancellationToken)
    {
        if (!_inSentence) { return; }
        _inSentence = false;
        if (_sentence.TryFlush(out var rest)) { await SendAsync(rest, cancellationToken); }
        await SendAsync(_events.EndAudio(), cancellationToken);
    }

    /// <summary>All audio has left. The device plays it to its end before it looks at what comes behind.</summary>
    private async ValueTask LeaveAsync(AudioEnded ended, CancellationToken cancellationToken)
    {
        _reply.Left(ended.Samples);
        if (_isSpoken && !_reply.IsDropped) { await EndAsync(cancellationToken); }
    }

    /// <summary>The reply is over. One without a voice is shown.</summary>
    private async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_owesEnd && !_isSpoken && _text.Length > 0 && !_reply.IsDropped) { await SendAsync(_events.DisplayText(_text), cancellationToken); }
        await CancelAsync(cancellationToken);
    }

    /// <summary>Nothing more comes of the reply: the device hears of it once, unless it was the device that did not want it.</summary>
    private async ValueTask CancelAsync(CancellationToken cancellationToken)
    {
        if (_reply.IsDropped) { (_inSentence, _owesEnd) = (false, false); }
        _reply.End();
        if (_owesEnd) { await EndAsync(cancellationToken); }
    }

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _owesEnd = false;
        await EndSentenceAsync(cancellationToken);
        await SendAsync(_events.EndResponse(), cancellationToken);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _line.SendAsync(message, isText: false, cancellationToken);
}
