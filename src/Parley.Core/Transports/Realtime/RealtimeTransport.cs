using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Beta;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime;

/// <summary>
/// OpenAI's Realtime API on a line. What the client says and what the session says pass one gate, where they are translated and what follows is
/// written: the client hears events in the order of the state that they tell of.
/// </summary>
public sealed class RealtimeTransport : IVoiceTransport
{
    /// <summary>The longest frame: 15 MiB of audio in base64, and what stands around it.</summary>
    public const int MaxFrame = 21 * 1024 * 1024;

    /// <summary>The session begins after so long even if the client says nothing that needs it.</summary>
    private static readonly TimeSpan s_silentStart = TimeSpan.FromSeconds(10);

    /// <summary>The wait for the client to take the answer to what it said itself.</summary>
    private static readonly TimeSpan s_sendTimeout = TimeSpan.FromSeconds(10);

    private readonly IFrameLine _line;
    private readonly TimeProvider _time;
    private readonly bool _speaksBeta;
    private readonly RealtimeTranslator _translator;
    private readonly EventWriter _writer;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Channel<Action> _due = Channel.CreateBounded<Action>(new BoundedChannelOptions(4) { SingleReader = true });
    private Task<Frame?>? _frame;
    private Task<bool>? _isDue;
    private ITimer? _start;

    /// <param name="line">The line; disposed with this.</param>
    /// <param name="call">What is known of the client.</param>
    /// <param name="sessionId">The session's name to the client.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes ids; used by one thread at a time.</param>
    /// <param name="metrics">Count what is refused.</param>
    public RealtimeTransport(IFrameLine line, RealtimeCall call, string sessionId, TimeProvider time, Random random, ParleyMetrics metrics)
    {
        (_line, _time, _speaksBeta, _writer) = (line, time, call.SpeaksBeta, new EventWriter(line, call.SpeaksBeta));
        // What is due while so much waits already was due before.
        _translator = new RealtimeTranslator(call, sessionId, time, random, due => _due.Writer.TryWrite(due), metrics);
    }

    public async ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_start is null) { await BeginAsync(cancellationToken); }
            while (true)
            {
                if (await NextInputAsync(cancellationToken) is { } input) { return input; }
                _frame ??= ReceiveFrameAsync(cancellationToken);
                _isDue ??= WaitUntilDueAsync(cancellationToken);
                await Task.WhenAny(_frame, _isDue);
                if (_isDue.IsCompleted)
                {
                    await _isDue;
                    _isDue = null;
                    while (_due.Reader.TryRead(out var due)) { await AnswerAsync(due, cancellationToken); }
                }
                if (!_frame.IsCompleted) { continue; }
                if (await _frame is not { } frame) { return null; }
                _frame = null;
                var said = Read(frame);
                await AnswerAsync(() => Take(said), cancellationToken);
            }
        }
        catch (VoiceException)
        {
            return null;
        }
    }

    public ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default) =>
        ExchangeAsync(() => _translator.Take(message), cancellationToken);

    public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default) =>
        ExchangeAsync(() => _translator.Take(packet), cancellationToken);

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default) => _line.CloseAsync(reason, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _start?.Dispose();
        _translator.Dispose();
        _writer.Dispose();
        _gate.Dispose();
        await _line.DisposeAsync();
    }

    private ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _start = _time.CreateTimer(_ => _due.Writer.TryWrite(_translator.Start), null, s_silentStart, Timeout.InfiniteTimeSpan);
        return AnswerAsync(_translator.Greet, cancellationToken);
    }

    // Tasks of methods go on in the context that they began in, such as a test's; those of a channel do not.

    private async Task<Frame?> ReceiveFrameAsync(CancellationToken cancellationToken) => await _line.ReceiveAsync(cancellationToken);

    private async Task<bool> WaitUntilDueAsync(CancellationToken cancellationToken) => await _due.Reader.WaitToReadAsync(cancellationToken);

    private (ClientEvent? Event, RealtimeError? Fault) Read(Frame frame) => frame switch
    {
        { IsTooLarge: true } => (null, RealtimeError.Invalid("event_too_large", $"An event holds at most {MaxFrame} bytes.")),
        { IsText: false } => (null, RealtimeError.Invalid("invalid_json", "Events are text frames.")),
        _ => ClientEventReader.Read(_speaksBeta ? BetaEvents.FromBeta(frame.Data) : frame.Data.Span),
    };

    private void Take((ClientEvent? Event, RealtimeError? Fault) said)
    {
        if (said.Event is not null) { _translator.Take(said.Event); } else { _translator.Refuse(said.Fault!, null); }
    }

    private async ValueTask<ClientInput?> NextInputAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _translator.TryTakeInput(out var input) ? input : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One turn at the gate for what came from the client.</summary>
    /// <exception cref="VoiceException">The client has gone, or takes no answers.</exception>
    private async ValueTask AnswerAsync(Action act, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, s_sendTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            await ExchangeAsync(act, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VoiceException(VoiceStage.Transport, "The client does not read.", isTransient: true);
        }
    }

    private async ValueTask ExchangeAsync(Action act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            act();
            while (_translator.Events.TryTake(out var happened)) { await _writer.WriteAsync(happened!, cancellationToken); }
        }
        finally
        {
            _gate.Release();
        }
    }
}
