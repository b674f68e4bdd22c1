using Parley.Diagnostics;
using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Input;
using Parley.Transports.Realtime.Items;
using Parley.Transports.Realtime.Responses;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime;

/// <summary>
/// Says in the Realtime API's words what the session says, and in the session's what the client says. Each message or event changes the names
/// that both go by, and leaves what is to be told in <see cref="Events"/> and what is to be asked in the session's queue.
/// </summary>
/// <remarks>One call at a time.</remarks>
internal sealed class RealtimeTranslator : IDisposable
{
    private static readonly RealtimeError s_active =
        RealtimeError.Invalid("conversation_already_has_active_response", "The conversation has a response in progress: cancel it, or wait for its end.");

    /// <summary>So often the assistant speaks into silence before it waits for the user.</summary>
    private const int MaxPrompts = 3;

    private static readonly TimeSpan s_shortestTurn = TimeSpan.FromMilliseconds(100);

    private readonly RealtimeCall _call;
    private readonly ParleyMetrics _metrics;
    private readonly NativeSession _native;
    private readonly ItemStore _items = new();
    private readonly InputBuffer _input;
    private readonly UserSpeech _user;
    private readonly ResponseLog _responses;
    private readonly ResponseRequests _requests;
    private readonly ConversationEdits _edits;
    private readonly IdleWatch _idle;
    private TimeSpan _idleSince;
    private int _prompts;
    private bool _isRecording;

    /// <param name="call">What is known of the client.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Makes ids.</param>
    /// <param name="post">Runs what a timer has due as one more call.</param>
    /// <param name="metrics">Count what is refused here; the session counts what it refuses itself.</param>
    public RealtimeTranslator(RealtimeCall call, string sessionId, TimeProvider time, Random random, Action<Action> post, ParleyMetrics metrics)
    {
        (_call, _metrics) = (call, metrics);
        Events = new EventQueue(random);
        _native = new NativeSession(call) { Settings = RealtimeSession.For(call, sessionId) };
        _input = new InputBuffer(_native);
        _user = new UserSpeech(_native, _items, Events);
        _responses = new ResponseLog(_native, _items, Events);
        _requests = new ResponseRequests(_native, _items, call);
        _edits = new ConversationEdits(_native, _items, _input, _user, _responses, Events);
        _idle = new IdleWatch(time, post, OnIdleTimeout);
    }

    /// <summary>What the client is to be told.</summary>
    public EventQueue Events { get; }

    /// <summary>The line is open.</summary>
    public void Greet()
    {
        var (session, fault) = _call.Session is { } asked ? SessionChange.Apply(_native.Settings, asked) : (null, null);
        if (session is not null) { _native.Reconfigure(session); }
        Events.Tell(new SessionCreated(_native.Settings));
        if (fault is not null) { Refuse(fault, null); }
    }

    /// <summary>The session is to begin, whether or not the client has said what needs it.</summary>
    public void Start() => _native.Start();

    /// <summary>What the session is to be asked next.</summary>
    public bool TryTakeInput(out ClientInput? input)
    {
        if (!_native.TryTake(out input)) { return false; }
        switch (input)
        {
            case StartListen { Beside: true }: _isRecording = true; break;
            case StopListen: _isRecording = false; break;
            case Transports.AudioInput audio when !_isRecording: _user.OnHeard(audio); break;
        }
        return true;
    }

    // ---- What the client says -----------------------------------------------------------------------------------------------

    public void Take(ClientEvent happened)
    {
        var fault = happened switch
        {
            UpdateSession e => Update(e),
            AppendAudio e => Append(e),
            CommitAudio => Commit(),
            ClearAudio => Clear(),
            CreateItem e => Create(e),
            RetrieveItem e => _edits.Retrieve(e),
            DeleteItem e => _edits.Delete(e),
            TruncateItem e => _edits.Truncate(e),
            CreateResponse e => Respond(e),
            CancelResponse e => Cancel(e),
            _ => null,
        };
        if (fault is not null) { Refuse(fault, happened.EventId); }
    }

    /// <summary>What the client said is wrong, and changes nothing.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="eventId">The event's name; null: it has none, or the fault knows it.</param>
    public void Refuse(RealtimeError fault, string? eventId)
    {
        _metrics.ErrorSent(fault.Code);
        Events.Tell(fault, eventId);
    }

    private RealtimeError? Update(UpdateSession update)
    {
        if (update.Session is not { } change) { return RealtimeError.Missing("session"); }
        var (session, fault) = SessionChange.Apply(_native.Settings, change);
        if (session is null) { return fault; }
        var (before, after) = (_native.Settings.Audio.Input, session.Audio.Input);
        // What waits for a commit is in the old format, or nobody commits it any more.
        if (before.Format != after.Format || before.TurnDetection is null != after.TurnDetection is null) { _input.Clear(); }
        _native.Reconfigure(session);
        Events.Tell(new SessionUpdated(session));
        return null;
    }

    private RealtimeError? Append(AppendAudio append) =>
        append.Audio is not { } audio ? RealtimeError.Missing("audio")
        : _input.TryAppend(audio) ? null
        : RealtimeError.Invalid("input_audio_buffer_full", $"At most {InputBuffer.MaxBytes} bytes of audio wait for a commit.", "audio");

    private RealtimeError? Commit()
    {
        if (_user.IsSpeaking)
        {
            _native.Ask(new StopListen());
            return null;
        }
        if (_input.Waiting < s_shortestTurn)
        {
            return RealtimeError.Invalid(
                "input_audio_buffer_commit_empty", $"The buffer holds {(long)_input.Waiting.TotalMilliseconds} ms of audio: at least 100 ms are needed.");
        }
        _user.Commit(_input.Commit());
        return null;
    }

    private RealtimeError? Clear()
    {
        _input.Clear();
        // Of detected speech the session knows, and says when it has heard all that came before.
        if (_native.IsStarted && _native.Settings.Audio.Input.TurnDetection is not null) { _native.Ask(new CancelListen()); } else { Events.Tell(new AudioCleared()); }
        return null;
    }

    private RealtimeError? Create(CreateItem create)
    {
        _prompts = 0;
        return _edits.Create(create);
    }

    private RealtimeError? Respond(CreateResponse create)
    {
        if (_native.Settings.Type == SessionKind.Transcription) { return RealtimeError.Invalid("invalid_value", "A transcription session makes no responses.", "type"); }
        var (plan, fault) = _requests.Read(create.Response ?? new ResponseParameters());
        if (plan is null) { return fault; }
        if (!plan.IsBeside && _responses.IsActive) { return s_active; }
        _idle.End();
        _responses.Ask(plan with { EventId = create.EventId });
        return null;
    }

    private RealtimeError? Cancel(CancelResponse cancel) => _responses.TryCancel(cancel.ResponseId)
        ? null : RealtimeError.Invalid("response_cancel_not_active", "There is no response in progress.");

    // ---- What the session says ----------------------------------------------------------------------------------------------

    public void Take(ServerMessage message)
    {
        switch (message)
        {
            case VadEvent { Event: VadEventKind.SpeechStart } m: OnSpeechStart(m); break;
            case TurnEnded m: OnTurnEnded(m); break;
            case ListenCancelled m: OnListenCancelled(m); break;
            case AsrFinal m: _user.OnUnderstood(m); break;
            case AsrRefined m: _user.OnRefined(m); break;
            case ReplyBegan m: OnReplyBegan(m); break;
            case AssistantTextDelta m: _responses.OnText(m); break;
            case AssistantTextDone m: _responses.OnWritten(m); break;
            case SegmentBegan m: _responses.OnSegment(m); break;
            case ToolCalled m: _responses.OnCall(m); break;
            case AudioEnded m: _responses.OnSent(m.GenerationId); break;
            case ReplyFinished m: OnReplyFinished(m); break;
            case PlaybackResumed: _user.OnReplyResumed(); break;
            case GenerationCancelled m: OnCancelled(m); break;
            case StateUpdate { State: Turns.TurnState.Idle }: _user.OnIdle(); break;
            case ErrorMessage m: OnError(m); break;
            case SessionEnded: _responses.OnSessionEnded(); break;
        }
    }

    public void Take(AudioPacket packet) => _responses.OnAudio(packet);

    private void OnSpeechStart(VadEvent speech)
    {
        _idle.End();
        _user.OnSpeechStart(speech.AtMs, mayInterrupt: _responses.LiveGeneration is not null && _native.Settings.Audio.Input.TurnDetection?.InterruptResponse != false);
    }

    private void OnTurnEnded(TurnEnded turn)
    {
        _prompts = 0;
        _user.OnTurnEnded(turn);
    }

    private void OnListenCancelled(ListenCancelled cancelled)
    {
        _user.OnDropped(cancelled.AtMs);
        Events.Tell(new AudioCleared());
    }

    private void OnReplyBegan(ReplyBegan began)
    {
        _idle.End();
        _responses.OnBegan(began);
    }

    private void OnReplyFinished(ReplyFinished finished)
    {
        _user.OnReplyOver();
        _responses.OnFinished(finished);
        if (_native.Settings.Audio.Input.TurnDetection?.IdleTimeoutMs is not { } wait || _prompts == MaxPrompts) { return; }
        _idleSince = _user.Heard;
        _idle.Begin(TimeSpan.FromMilliseconds(wait));
    }

    private void OnCancelled(GenerationCancelled cancelled)
    {
        // First who speaks, then who is silent: clients empty their buffers, and then find the response over.
        _user.OnReplyOver();
        _responses.OnCancelled(cancelled);
    }

    private void OnIdleTimeout()
    {
        if (_user.IsSpeaking || _responses.IsActive) { return; }
        _prompts++;
        _user.CommitSilence(_idleSince);
        _responses.Ask(ResponsePlan.From(_native.Settings));
    }

    /// <summary>Clients may end at an error that nobody listens for: only what they caused, or must know, becomes one.</summary>
    private void OnError(ErrorMessage error)
    {
        var refused = error.RequestId is { } request ? _responses.OnRefused(request) : null;
        if (error.RequestId is not null && refused is null) { return; }
        switch (error)
        {
            case { Code: ErrorCodes.ReplyActive }: Events.Tell(s_active, refused?.EventId); break;
            case { Code: ErrorCodes.EngineFailed, TurnId: { } turn }: _user.OnRecogniserFailed(turn, error.Message); break;
            case { Code: ErrorCodes.EngineFailed, Stage: "reply" }: _responses.OnStageFailed(error.Code, error.Message); break;
            // The client's items are kept here; that the session has forgotten one is its own affair. Without a voice, a reply goes on as text.
            case { Code: ErrorCodes.UnknownItem or ErrorCodes.EngineFailed }: break;
            case { Code: ErrorCodes.BadField or ErrorCodes.NotAvailable or ErrorCodes.NotChangeable }:
                Events.Tell(RealtimeError.Invalid("invalid_value", error.Message), refused?.EventId);
                break;
            default: Events.Tell(RealtimeError.Failure(error.Code, error.Message), null); break;
        }
    }

    public void Dispose() => _idle.Dispose();
}
