using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Recording;
using Parley.Replies;
using Parley.Sessions.Resuming;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>
/// A conversation with one client. An actor: one loop owns all state and takes what others post to its mailbox (the receive loop, the
/// pipeline's background work); one send loop writes to the transport.
/// </summary>
#pragma warning disable CA1001 // RunAsync owns what it makes and disposes it at its end.
public sealed class VoiceSession
#pragma warning restore CA1001
{
    private const int MailboxCapacity = 256;
    private const string HandedOver = "resumed";

    /// <summary>The wait for a client to close its side.</summary>
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    /// <summary>The wait for a session to end that goes on elsewhere.</summary>
    private static readonly TimeSpan s_handOver = TimeSpan.FromSeconds(4);

    private readonly SessionServices _services;
    private readonly IVoiceTransport _transport;
    private readonly ILogger _logger;
    private readonly SessionTimeline _timeline;
    private readonly GenerationFence _fence = new();
    private readonly PlaybackClock _playback;
    private readonly Outbox _outbox;
    private readonly Pacer _pacer;
    private readonly AudioIntake _intake;
    private readonly ErrorBudget? _errors;
    private readonly SessionKeeper _keeper;
    private readonly TaskCompletionSource _kept = new();
    private readonly Channel<SessionMail> _mailbox =
        Channel.CreateBounded<SessionMail>(new BoundedChannelOptions(MailboxCapacity) { SingleReader = true });

    private SessionConfig _config = SessionConfigRules.Defaults;
    private string _id;
    private ITimer? _drain;
    private bool _isDraining;
    private PipelineContext? _context;
    private VoicePipeline? _pipeline;

    /// <summary>Makes a session; nothing runs before <see cref="RunAsync"/>, which disposes the transport.</summary>
    /// <param name="transport">The line to the client.</param>
    /// <param name="services">What all sessions share.</param>
    /// <param name="isLenient">Whether the client's audio may come faster than real time, in which case it waits in the line, and its errors never end the session.</param>
    public VoiceSession(IVoiceTransport transport, SessionServices services, bool isLenient = false)
    {
        (_transport, _services, _logger) = (transport, services, services.Logger);
        _id = services.NewId();
        _timeline = new SessionTimeline(services.Time);
        _playback = new PlaybackClock(services.Time);
        _outbox = new Outbox(transport, _fence, _playback, _timeline, services.Metrics, services.Options, services.Time) { SessionId = _id };
        _pacer = new Pacer(_outbox, _playback, services.Options.Lead, services.Time);
        _intake = new AudioIntake(services.Options, services.Time, isLenient);
        _errors = isLenient ? null : new ErrorBudget(services.Time);
        _keeper = new SessionKeeper(services, _timeline);
    }

    /// <summary>The session's id; that of the session that was resumed, once one was.</summary>
    public string Id => Volatile.Read(ref _id);

    internal SessionTimeline Timeline => _timeline;

    /// <summary>How it stands now.</summary>
    internal LiveSession Look() =>
        new(Id, _timeline.Now, _timeline.NewestSent<SessionReady>(), _timeline.NewestSent<StateUpdate>(), _timeline.NewestSent<TurnMetrics>(), _mailbox.Reader.Count, _outbox.Waiting);

    /// <summary>Ends the session here: its client comes back on another line. Returns when its timeline is complete.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    internal async Task HandOverAsync()
    {
        _mailbox.Writer.TryWrite(new SessionMail(SessionMailKind.HandedOver));
        await _kept.Task.WaitAsync(s_handOver, _services.Time, CancellationToken.None);
    }

    /// <summary>Runs the conversation to its end: the client goes, says goodbye or breaks the rules, or the server shuts down.</summary>
    /// <param name="cancellationToken">The server's shutdown: the client is told, then the line is closed.</param>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var stop = new CancellationTokenSource();
        _services.Metrics.SessionOpened();
        _logger.SessionOpened(_id);
        var sending = SendLoopAsync(stop.Token);
        var receiving = _services.AtLine(() => ReceiveLoopAsync(stop.Token));
        var ending = new SessionEnding("error", TransportCloseReason.ServerError);
        try
        {
            ending = await ServeAsync(cancellationToken);
        }
        catch (SessionEndedException e)
        {
            _logger.SessionLeft(_id, e.Message);
            _services.Metrics.Recovered(Stall.NotReading);
            ending = new SessionEnding("not_reading", TransportCloseReason.ServerError);
        }
#pragma warning disable CA1031 // The last guard: a bug ends this session and no other.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.SessionCrashed(_id, e);
            TryPost(new ErrorMessage(ErrorCodes.Internal, "The session failed.", Fatal: true));
        }

        _mailbox.Writer.TryComplete();
        // A line that is handed over is most likely dead: nobody waits for it.
        if (ending.Reason == HandedOver) { stop.Cancel(); }
        if (_pipeline is not null) { await _pipeline.DisposeAsync(); }
        _keeper.End(ending.Reason, forGood: ending.Close is TransportCloseReason.PolicyViolation || ending.Reason == "client");
        _kept.TrySetResult();
        TryPost(new SessionEnded(ending.Reason));
        _outbox.Complete();
        await sending;
        await _transport.CloseAsync(ending.Close, CancellationToken.None);
        // The client hears the goodbye out and closes its side; to stop receiving before that would cut the line and lose the goodbye.
        await Task.WhenAny(receiving, Task.Delay(s_goodbye, _services.Time, stop.Token));
        stop.Cancel();
        await receiving;
        await _transport.DisposeAsync();
        _pacer.Dispose();
        _drain?.Dispose();
        _services.Metrics.SessionClosed();
        _logger.SessionEnded(_id, ending.Reason);
    }

    // ---- The loops --------------------------------------------------------------------------------------------------------

    private async Task<SessionEnding> ServeAsync(CancellationToken shutdown)
    {
        using var startTimer = _services.Time.CreateTimer(
            _ => _mailbox.Writer.TryWrite(new SessionMail(SessionMailKind.StartTimeout)), null, _services.Options.StartTimeout, Timeout.InfiniteTimeSpan);
        using var onShutdown = shutdown.Register(() => _mailbox.Writer.TryWrite(new SessionMail(SessionMailKind.Drain)));
        using var renew = _services.Time.CreateTimer(_ => _keeper.Renew(), null, _services.Options.ResumeWindow / 3, _services.Options.ResumeWindow / 3);
        while (await _mailbox.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_mailbox.Reader.TryRead(out var mail))
            {
                if (await TakeAsync(mail) is { } ending) { return ending; }
                if (_isDraining && _pipeline is not { IsIdle: false }) { return SessionEnding.Shutdown; }
            }
        }
        return SessionEnding.Shutdown;
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))] // One a frame, like those that it calls.
    private async ValueTask<SessionEnding?> TakeAsync(SessionMail mail)
    {
        switch (mail.Kind)
        {
            case SessionMailKind.Gone: return new SessionEnding("disconnected", TransportCloseReason.Ended);
            case SessionMailKind.StartTimeout: return _pipeline is null ? Reject(ErrorCodes.StartTimeout, "No session.start came in time.") : null;
            case SessionMailKind.HandedOver: return new SessionEnding(HandedOver, TransportCloseReason.GoingAway);
            case SessionMailKind.Drain: return Drain();
            case SessionMailKind.DrainTimeout: return SessionEnding.Shutdown;
            case SessionMailKind.Event: _pipeline!.Handle(mail.Event!); return null;
        }
        try
        {
            var ending = await TakeInputAsync(mail.Input!, mail.Arrived);
            (mail.Input as AudioInput)?.Release();
            return ending;
        }
        catch (RefusedException e)
        {
            return e.Last is { } last ? Reject(last, TransportCloseReason.GoingAway) : Refuse(e.Code, e.Message, RequestOf(mail.Input!));
        }
    }

    /// <summary>The server shuts down: a turn that is under way goes on to its end, and the session can be resumed.</summary>
    private SessionEnding? Drain()
    {
        _isDraining = true;
        _drain = _services.Time.CreateTimer(
            _ => _mailbox.Writer.TryWrite(new SessionMail(SessionMailKind.DrainTimeout)), null, _services.Options.DrainTimeout, Timeout.InfiniteTimeSpan);
        return null;
    }

    private async Task ReceiveLoopAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _transport.ReceiveAsync(cancellationToken) is { } input)
            {
                await PostAsync(new SessionMail(input, _services.Time.GetTimestamp()));
            }
            await PostAsync(new SessionMail(SessionMailKind.Gone));
        }
        catch (OperationCanceledException)
        {
            // The session ended first.
        }
#pragma warning disable CA1031 // Nothing is heard any more, so the session ends instead of waiting for ever.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.SessionCrashed(_id, e);
            await PostAsync(new SessionMail(SessionMailKind.Gone));
        }
    }

    private async Task SendLoopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _outbox.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is VoiceException or SessionEndedException or OperationCanceledException)
        {
            if (e is SessionEndedException) { _services.Metrics.Recovered(Stall.NotReading); }
            await PostAsync(new SessionMail(SessionMailKind.Gone));
        }
#pragma warning disable CA1031 // Nothing can be sent any more, so the session ends instead of falling silent.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.SessionCrashed(_id, e);
            await PostAsync(new SessionMail(SessionMailKind.Gone));
        }
    }

    private async ValueTask PostAsync(SessionMail mail)
    {
        try { await _mailbox.Writer.WriteAsync(mail); }
        catch (ChannelClosedException)
        {
            // The session is over: nobody wants to know.
        }
    }

    // ---- What a client may say --------------------------------------------------------------------------------------------

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<SessionEnding?> TakeInputAsync(ClientInput input, long arrived)
    {
        if (input is ClientMessage message) { _timeline.AddReceived(message); }
        switch (input)
        {
            case InvalidInput m: return Refuse(m);
            case Ping m: _outbox.Post(new Pong(m.T, (long)_timeline.Now.TotalMilliseconds)); return null;
            case SessionStart m: return await StartAsync(m);
            case SessionResume m: return await ResumeAsync(m);
            case SessionEnd: return new SessionEnding("client", TransportCloseReason.Ended);
        }
        if (_pipeline is null) { return Refuse(ErrorCodes.NotStarted, "Send session.start first.", RequestOf(input)); }
        switch (input)
        {
            case AudioInput m: return await HearAsync(m.Pcm, _config.Audio!.In!.SampleRate!.Value, arrived);
            case AudioChunk m: return await HearAsync(m, arrived);
            case SessionUpdate m: return Update(m);
            case StartListen m: _pipeline.StartListening(m.Beside); return null;
            case StopListen: _pipeline.StopListening(); return null;
            case CancelListen: _pipeline.CancelListening(); return null;
            case TextInput m: _pipeline.TakeText(m.Text!.Trim(), m.SuggestionId); return null;
            case Respond m: _pipeline.Respond(m); return null;
            case ToolResult m: _pipeline.TakeResult(m); return null;
            case Interrupt m: _pipeline.Interrupt(m.GenerationId); return null;
            case Playback m: _pipeline.ReportPlayback(m); return null;
            case HistoryAdd m: _pipeline.Add(m); return null;
            case HistoryRemove m: _pipeline.Remove(m); return null;
            case ContextUpdate m: _pipeline.SetContext(new ContextItem(m.ContextId!, m.Title, m.Page, m.Text!)); return null;
            case UiEvent m: _pipeline.TakeAction(new UserAction(_timeline.Now, m.Name!, m.Data?.GetRawText())); return null;
            case AnalyticsEvent m: _services.Figures?.OnEvent(_id, m); return null;
            case FeedbackAck m when _services.Coach is { } coach: coach.Post(_context!.SessionId, _context.LearnerId, m); return null;
            case FeedbackAck: return Refuse(ErrorCodes.NotAvailable, "This server gives no feedback.");
            default: return Refuse(ErrorCodes.UnknownType, "Not a message of this protocol.");
        }
    }

    private async ValueTask<SessionEnding?> StartAsync(SessionStart start)
    {
        if (_pipeline is not null) { return Refuse(ErrorCodes.AlreadyStarted, "The session has started already."); }
        _services.Running?.Begin(this, _services.Metrics);
        var (config, engines) = await SessionAdmission.AdmitAsync(start, _services, new Policy.SelectionContext(_id, start.LearnerId));
        Open(config, engines, SessionKeeper.SeedOf(_id), start.LearnerId, isResumed: false);
        _outbox.Post(new SessionReady(_keeper.Begin(_id, config, start.LearnerId, SessionKeeper.SeedOf(_id), engines), Resumed: false, config, engines.Choices));
        if (config.Scenario is not null) { _pipeline!.Open(); }
        return null;
    }

    private async ValueTask<SessionEnding?> ResumeAsync(SessionResume asked)
    {
        if (_pipeline is not null) { return Refuse(ErrorCodes.AlreadyStarted, "The session has started already."); }
        var (record, snapshot, token) = await _keeper.ResumeAsync(asked, this);
        var engines = await _services.Aside.CallAsync(() => ValueTask.FromResult(_services.Engines.Select(record.Config, new Policy.SelectionContext(record.Id, record.LearnerId, snapshot.Engines))));
        Volatile.Write(ref _id, record.Id);
        _outbox.SessionId = record.Id;
        _outbox.GoOnAfter(snapshot.LastSeq);
        _keeper.GoOn(record, snapshot, engines, asked.GoOn ?? true);
        Open(record.Config, engines, record.Seed, record.LearnerId, isResumed: true);
        _pipeline!.Restore(snapshot);
        // Not one of the session's messages, which follow, but about them: it bears the number after which they go on.
        var ready = new SessionReady(token, Resumed: true, record.Config, engines.Choices) { Seq = Math.Min(asked.LastSeq!.Value, snapshot.LastSeq) };
        await _outbox.PostAgainAsync(ready);
        foreach (var missed in snapshot.Missed) { await _outbox.PostAgainAsync(missed); }
        _services.Metrics.SessionResumed();
        if (asked.GoOn == false) { _pipeline.BreakOff(snapshot); } else { _pipeline.GoOn(snapshot); }
        return null;
    }

    private void Open(SessionConfig config, Policy.SessionEngines engines, long seed, string? learnerId, bool isResumed)
    {
        _config = config;
        _outbox.AudioAsJson = config.Audio!.Out!.Transport == AudioTransport.Json;
        _context = new PipelineContext
        {
            SessionId = _id, Trace = new SessionTrace(_id, isResumed, _services.TraceSpeech), Engines = _services.Store is null ? engines : EngineRecorder.Record(engines, _timeline), Options = _services.Options, VadOptions = _services.Vad, Speculation = _services.SpeculationFor(learnerId),
            Outbox = _outbox, Fence = _fence, Playback = _playback, Pacer = _pacer, Timeline = _timeline, Metrics = _services.Metrics,
            Readings = new SessionReadings(_timeline, _services.Recorded), Time = _services.Time, Post = e => PostAsync(new SessionMail(e)), Aside = _services.Aside, Fail = Fail, LogTool = x => _logger.ToolEnded(_id, x),
            Observers = _services.Observers, Coach = _services.Coach, LearnerId = learnerId, Prefetcher = _services.Prefetcher, Seed = seed, Config = config,
        };
        _pipeline = new VoicePipeline(_context);
    }

    private SessionEnding? Update(SessionUpdate update)
    {
        _config = _context!.Config = SessionAdmission.Change(_config, update.Config!, _context.Engines, _services.Coach is not null);
        _timeline.Add(TimelineKinds.Config, _config);
        return null;
    }

    private async ValueTask<SessionEnding?> HearAsync(AudioChunk chunk, long arrived)
    {
        if (AudioIntake.Decode(chunk, out var pcm) is { } fault) { return Refuse(fault); }
        var ending = await HearAsync(pcm, chunk.SampleRate!.Value, arrived);
        if (ending is null && chunk.IsFinal) { _pipeline!.StopListening(); }
        return ending;
    }

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<SessionEnding?> HearAsync(ReadOnlyMemory<byte> pcm, int sampleRate, long arrived)
    {
        if (_intake.Take(pcm, sampleRate, out var samples, _pipeline!.IsRecording) is { } fault)
        {
            if (fault.Code == ErrorCodes.TooFast) { _services.Metrics.AudioDropped(); }
            return Refuse(fault);
        }
        if (_config.Consent!.Record == true) { _timeline.Add(TimelineKinds.Audio, (ReadOnlyMemory<byte>)Pcm16.ToBytes(samples.Span)); }
        await _pipeline.HearAsync(samples, arrived);
        return null;
    }

    // ---- Refusals and failures --------------------------------------------------------------------------------------------

    private SessionEnding? Refuse(InvalidInput fault)
    {
        _timeline.Add(TimelineKinds.Invalid, fault);
        return Refuse(fault.Code, fault.Message, fault.RequestId);
    }

    private SessionEnding? Refuse(string code, string message, string? requestId = null)
    {
        _services.Metrics.ErrorSent(code);
        _timeline.Add(TimelineKinds.Refused, code);
        var spent = _errors?.Spend() == true;
        _outbox.Post(new ErrorMessage(code, message, Retryable: false, RequestId: requestId));
        return spent ? Reject(ErrorCodes.TooManyErrors, "Too many errors.") : null;
    }

    private static string? RequestOf(ClientInput input) => (input as Respond)?.RequestId;

    private SessionEnding Reject(string code, string why) => Reject(new ErrorMessage(code, why, Fatal: true), TransportCloseReason.PolicyViolation);

    private SessionEnding Reject(ErrorMessage error, TransportCloseReason close)
    {
        _outbox.Post(error);
        return new SessionEnding(error.Code, close);
    }

    private void Fail(VoiceStage stage, Exception failure, string? turnId)
    {
        var known = failure as VoiceException;
        if (known is not null) { _logger.SessionStageFailed(_id, turnId, stage, known.Message); } else { _logger.SessionStageCrashed(_id, turnId, stage, failure); }
        _services.Metrics.ErrorSent(ErrorCodes.EngineFailed);
        _outbox.Post(new ErrorMessage(
            ErrorCodes.EngineFailed, known?.Message ?? $"The {stage} engine failed.", stage.ToString().ToLowerInvariant(), known?.IsTransient ?? true, TurnId: turnId));
    }

    private void TryPost(ServerMessage message)
    {
        try { _outbox.Post(message); }
        catch (SessionEndedException)
        {
            // The client does not read any more; it is being left anyway.
        }
    }
}
