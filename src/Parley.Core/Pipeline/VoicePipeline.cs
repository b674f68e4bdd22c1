using Parley.Audio;
using Parley.Diagnostics;
using Parley.Recording;
using Parley.Replies;
using Parley.Sessions;
using Parley.Sessions.Resuming;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Interruptions;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>
/// The path of a turn, in the order in which it runs: VAD → recogniser → turn detector → reply → splitter → synthesiser → pacer.
/// This class joins the stages; each has its decisions in a class of its own, <see cref="Utterance"/> and <see cref="Reply"/> do the waiting.
/// </summary>
/// <remarks>
/// Every method is called by the session's loop, one at a time. Work in the background changes nothing here: it posts a
/// <see cref="PipelineEvent"/>, which comes back through <see cref="Handle"/>.
/// </remarks>
internal sealed class VoicePipeline : IAsyncDisposable
{
    /// <summary>The wait for a final transcript when the session ends.</summary>
    private static readonly TimeSpan s_lastFinal = TimeSpan.FromSeconds(2);

    private readonly PipelineContext _context;
    private readonly Floor _floor;
    private readonly Hearing _hearing;
    private readonly Endpointing _endpointing;
    private readonly Answering _answering;
    private readonly BesideReplies _beside;
    private readonly Recordings _recordings;
    private readonly Responding _responding;
    private readonly BargeIn _bargeIn;
    private readonly Speculation _speculation;
    private readonly Listening _listening;
    private readonly Coaching _coaching;

    public VoicePipeline(PipelineContext context)
    {
        _context = context;
        _floor = new Floor(context);
        _hearing = new Hearing(context, OnWindow);
        _answering = new Answering(context, _floor);
        _beside = new BesideReplies(context, _floor, _answering);
        _recordings = new Recordings(context, _floor, _answering);
        _responding = new Responding(context, _floor, _answering, _beside, _recordings);
        _endpointing = new Endpointing(context, _answering);
        _bargeIn = new BargeIn(context, _floor, _answering);
        _speculation = new Speculation(context, _floor, _answering, _responding);
        _listening = new Listening(context, _floor, _hearing, _endpointing, _answering, _responding, _bargeIn, _speculation);
        _coaching = new Coaching(context, _answering.History);
        context.Engines.Health.Changed = new EngineChanges(context).Tell;
    }

    private TurnConfig Rules => _context.Config.Turn!;

    // ---- 1. VAD -----------------------------------------------------------------------------------------------------------

    /// <summary>Takes 16 kHz audio that arrived at <paramref name="arrived"/> (a timestamp of the clock).</summary>
    public ValueTask HearAsync(ReadOnlyMemory<short> samples, long arrived)
    {
        if (_recordings.IsOpen)
        {
            _recordings.Hear(samples);
            return ValueTask.CompletedTask;
        }
        _floor.Watchdog.OnFrame();
        _hearing.IsInReply = _floor.Reply is not null && Rules.BargeIn != false;
        _hearing.Threshold = Rules.Threshold ?? 0;
        return _hearing.HearAsync(samples, arrived);
    }

    private void OnWindow(AudioFrame window, SegmenterUpdate speech, WindowTimes times)
    {
        _listening.Hear(speech, times);
        if (speech.OnsetAnnounced || _bargeIn.HearsVoiceInNoise(window, speech)) { OnSpeechStart(speech, times.Spoken); }
        _endpointing.Hear(_floor.UserSpeaks ? _floor.Utterance : null, window, speech);
        if (_floor.Utterance is { IsFinishing: false } utterance)
        {
            window = _hearing.Keep();
            utterance.Write(window);
            if (speech.EndAnnounced) { _floor.Send(new VadEvent(VadEventKind.SpeechEnd, ToMs(speech.LastSpeechEnd))); }
            OnUtteranceProgress(utterance, window, speech);
        }
        else if (_bargeIn.IsJudging)
        {
            _bargeIn.OnWindow(window, speech);
        }
    }

    private void OnSpeechStart(SegmenterUpdate speech, long spoken)
    {
        var inReply = _floor.Reply is not null;
        if (_floor.UserSpeaks || Rules.Mode == TurnMode.PushToTalk || (inReply && Rules is { BargeIn: false, ListenWhileSpeaking: not true })) { return; }
        _floor.Send(new VadEvent(VadEventKind.SpeechStart, ToMs(speech.SpeechStart)));
        if (!inReply) { _floor.MoveTo(TurnState.Listening); } else if (Rules.BargeIn != false) { _bargeIn.Hold(speech, _hearing.PreRoll()); }
        _listening.Begin(spoken - _context.ToTimestamp(speech.SpeechSoFar), speech.SpeechStart ?? speech.Now);
    }

    // ---- 2. Recogniser ----------------------------------------------------------------------------------------------------

    private void OnPartial(PartialHeard heard)
    {
        if (heard.Utterance != _floor.Utterance) { return; }
        heard.Utterance.Partial = heard.Partial;
        // What has settled is told as the final, if the user does not go on.
        if (heard.Partial.Settled is null) { _floor.Send(new AsrPartial(heard.Utterance.Turn.Id, heard.Partial.Text, heard.Partial.StableLength)); }
        _bargeIn.OnPartial(heard.Partial.Text);
        _speculation.OnPartial(heard.Utterance, heard.Partial);
        _coaching.Expect(heard.Utterance);
    }

    // ---- 3. Turn detector -------------------------------------------------------------------------------------------------

    private void OnUtteranceProgress(Utterance utterance, AudioFrame window, SegmenterUpdate speech)
    {
        if (speech.IsVoiced)
        {
            if (utterance.IsPaused)
            {
                utterance.Resume();
                _speculation.Discard(utterance);
            }
        }
        else if (_context.Speculation.EarlyFinal && !utterance.IsPaused && speech.SilenceSoFar >= _context.Options.SoftEnd)
        {
            utterance.Pause();
            _coaching.Expect(utterance);
        }

        if (_bargeIn.IsJudging)
        {
            if (_bargeIn.OnWindow(window, speech)) { _listening.Finish(utterance, InterruptionJudge.Silence); }
            if (_bargeIn.IsJudging || _floor.Utterance is null) { return; }
        }
        if (_endpointing.OnWindow(utterance, speech) is { } decision) { _listening.End(decision); }
    }

    private void OnUtteranceEnded(UtteranceEnded ended)
    {
        if (_recordings.OnEnded(ended))
        {
            _speculation.Discard(_floor.Utterance);
            _responding.OnRecordingUnderstood();
        }
        if (ended.Utterance != _floor.Utterance) { return; }
        var turn = ended.Utterance.Turn;
        _floor.Utterance = null;
        turn.Hear(ended.Utterance, ended.Final);
        _floor.Retire(ended.Utterance);
        if (ended.Failure is not null) { _context.Fail(VoiceStage.Asr, ended.Failure, turn.Id); }
        // The words were to tell whether it is an interruption.
        var isTurn = !_bargeIn.IsJudging || _bargeIn.OnFinal(ended.Final?.Text ?? "");
        if (!isTurn || ended.Failure is not null || ended.Final is not { Text.Length: > 0 }) { turn.Trace?.End("nothing"); }
        if (ended.Failure is not null || ended.Final is not { Text.Length: > 0 } || !isTurn) { _speculation.Discard(ended.Utterance); }
        if (!isTurn) { return; }
        if (ended.Failure is not null || ended.Final is not { Text.Length: > 0 } final)
        {
            // The reply has the state, which else tells it.
            if (ended.Failure is null && _floor.Reply is not null) { _floor.Send(AsrFinal.Nothing(turn.Id)); }
            _responding.OnNothingUnderstood();
            return;
        }

        _listening.TellEnd(turn);
        _floor.Send(AsrFinal.From(turn.Id, final));
        _bargeIn.Learn(ended.Utterance.Audio);
        _hearing.Forget();
        _coaching.Post(turn, final.Text, ended.Utterance.Audio, _listening.LastSpeech);
        _responding.OnUnderstood(turn, final.Text, final.Confidence, _speculation.Take(ended.Utterance, final));
    }

    private void OnUtteranceRefined(UtteranceRefined e)
    {
        _floor.Release(e.Utterance);
        if (e.Refined is { Text.Length: > 0 } refined) { _answering.Refine(e.Utterance.Turn, refined); }
    }

    // ---- 4.-7. Reply, splitter, synthesiser, pacer: Answering starts and ends what Reply runs -----------------------------

    /// <summary>The assistant speaks without being asked: it opens the conversation, or helps who is stuck.</summary>
    public void Open()
    {
        _hearing.Forget();
        _answering.Speak(_floor.NewTurn());
    }

    /// <summary>The session was resumed: everything stands as before. Called once, before anything else; then <see cref="GoOn"/> or <see cref="BreakOff"/>.</summary>
    public void Restore(SessionSnapshot snapshot)
    {
        _floor.GoOnAfter(snapshot.LastTurn);
        _answering.Restore(snapshot);
    }

    /// <summary>The client has what it missed: a reply that was broken off goes on.</summary>
    public void GoOn(SessionSnapshot snapshot) => _answering.GoOn(snapshot);

    /// <summary>The client has what it missed: a reply that was broken off ends there.</summary>
    public void BreakOff(SessionSnapshot snapshot) => _answering.BreakOff(snapshot);

    /// <summary>Whether nobody speaks and nothing is owed.</summary>
    public bool IsIdle => _floor.State == TurnState.Idle && !_beside.Any && !_recordings.Any;

    // ---- What the user does by hand ---------------------------------------------------------------------------------------

    /// <summary>Whether the audio that comes is a recording.</summary>
    public bool IsRecording => _recordings.IsOpen;

    /// <summary>The user opens a turn by hand, or a recording of the user begins.</summary>
    public void StartListening(bool beside)
    {
        if (beside) { _recordings.Begin(); } else { _listening.StartByHand(); }
    }

    /// <summary>The user ends the turn by hand, or the recording is whole.</summary>
    public void StopListening()
    {
        if (_recordings.IsOpen) { _recordings.End(); } else { _listening.StopByHand(); }
    }

    /// <summary>What the user is saying is dropped, or what was recorded; who goes on speaking begins another turn.</summary>
    public void CancelListening()
    {
        _recordings.Drop();
        _listening.Cancel();
    }

    /// <summary>The client asks for an answer.</summary>
    /// <exception cref="RefusedException">There is one already, or it cannot be made so.</exception>
    public void Respond(Respond asked) => _responding.Ask(asked);

    /// <summary>The client has run a tool.</summary>
    /// <exception cref="RefusedException">No such call waits for a result.</exception>
    public void TakeResult(ToolResult result)
    {
        _answering.TakeResult(result);
        _speculation.Discard(_floor.Utterance);
    }

    /// <summary>The user typed, or chose an offered answer.</summary>
    /// <exception cref="RefusedException">The text is empty.</exception>
    public void TakeText(string text, string? suggestionId)
    {
        if (text.Length == 0) { throw new RefusedException(ErrorCodes.BadField, "text is empty."); }
        _answering.Cancel(CancelReason.Interrupt);
        _floor.DropUtterance();
        var turn = _floor.NewTurn(suggestionId);
        turn.Clock.Mark(TurnMoment.SpeechEnd);
        turn.Clock.Mark(TurnMoment.TurnEnd);
        turn.Clock.Mark(TurnMoment.Final);
        _hearing.Forget();
        _coaching.Post(turn, text, audio: [], lastSpeech: null);
        _responding.OnUnderstood(turn, text, confidence: null);
    }

    /// <summary>Hard stop, now.</summary>
    /// <param name="generation">Only if this is the reply that speaks; null for whichever does.</param>
    public void Interrupt(uint? generation)
    {
        if (generation is null) { _responding.Withdraw(); } else if (_beside.Cancel(generation.Value)) { return; }
        if (_floor.Reply is null || (generation is { } g && g != _floor.Reply.Generation)) { return; }
        _answering.Cancel(CancelReason.Interrupt);
        _answering.ForgetUnanswered();
        _responding.OnReplyOver();
    }

    public void ReportPlayback(Playback report) => _answering.ReportPlayback(report);

    public void SetContext(ContextItem item)
    {
        _speculation.Discard(_floor.Utterance);
        _context.User.Set(item);
    }

    /// <exception cref="Sessions.RefusedException">It cannot be put there.</exception>
    public void Add(HistoryAdd item)
    {
        _answering.Edits.Add(item);
        _speculation.Discard(_floor.Utterance);
    }

    /// <exception cref="Sessions.RefusedException">There is no such message.</exception>
    public void Remove(HistoryRemove item)
    {
        _answering.Edits.Remove(item.ItemId!);
        _speculation.Discard(_floor.Utterance);
    }

    public void TakeAction(UserAction action) => _context.User.Add(action);

    // ---- Watchdog ---------------------------------------------------------------------------------------------------------

    private void OnWatchdog()
    {
        switch (_floor.Watchdog.Look())
        {
            case Stall.Listening when _bargeIn.IsJudging:
                _speculation.Discard(_floor.Utterance);
                _bargeIn.Release();
                break;
            case Stall.Listening:
                _listening.End(new TurnDecision(true, TimeSpan.Zero, "no audio"));
                break;
            case Stall.Speaking:
                _answering.Cancel(CancelReason.Error);
                _responding.OnReplyOver();
                break;
        }
    }

    private void OnReplyFailed(Exception failure)
    {
        if (failure.InnerException is TimeoutException) { _floor.Watchdog.Count(Stall.Thinking); }
        _context.Fail(VoiceStage.Reply, failure);
    }

    // ---- Plumbing ---------------------------------------------------------------------------------------------------------

    public void Handle(PipelineEvent happened)
    {
        // A replay must come to it in the same order with the input.
        if (happened is PartialHeard or UtteranceEnded) { _context.Timeline.Add(TimelineKinds.AsrTaken, new TranscriptTaken(happened is UtteranceEnded)); }
        switch (happened)
        {
            case PartialHeard e: OnPartial(e); break;
            case PauseJudged e: _endpointing.OnJudged(e); break;
            case UtteranceEnded e: OnUtteranceEnded(e); break;
            case UtteranceRefined e: OnUtteranceRefined(e); break;
            case AnswersOffered e: _answering.OnAnswersOffered(e); break;
            case ClientToolCalled e: _answering.OnClientToolCalled(e); break;
            case ToolAnswered e: _answering.OnToolAnswered(e); break;
            case ReplyAudible e: _answering.OnAudible(e.Reply); break;
            case ReplyFailed e when e.Reply == _floor.Reply || _beside.Has(e.Reply): OnReplyFailed(e.Failure); break;
            case ReplyEnded e when _beside.Has(e.Reply): _beside.OnEnded(e); break;
            case ReplyEnded e when _answering.OnEnded(e): _responding.OnReplyOver(); break;
            case WatchdogLooks: OnWatchdog(); break;
            case SilenceTooLong e when _floor.Silence.IsDue(e): Open(); break;
        }
    }

    /// <summary>Stops everything and waits for it. A turn that has ended is understood first, so that a resumed session can answer it.</summary>
    public async ValueTask DisposeAsync()
    {
        _floor.Dispose();
        if (!_bargeIn.IsJudging && _floor.Utterance is { IsFinishing: true } utterance) { await KeepAsync(utterance); }
        _floor.DropUtterance();
        _floor.DropRetired();
        _answering.Stop();
        _beside.Stop();
        _recordings.Stop();
        await _context.Background.WhenAllAsync();
        _hearing.Dispose();
        _context.Trace.Dispose();
    }

    private async Task KeepAsync(Utterance utterance)
    {
        try
        {
            if (await utterance.Final.WaitAsync(s_lastFinal, _context.Time) is { Text.Length: > 0 } final)
            {
                _responding.Keep(utterance.Turn, final.Text, final.Confidence);
            }
        }
        catch (TimeoutException)
        {
            // The recogniser hangs: the turn is lost with its session.
        }
    }

    private static long ToMs(TimeSpan? time) => (long)(time ?? TimeSpan.Zero).TotalMilliseconds;
}
