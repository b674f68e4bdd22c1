using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Replies;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>
/// The path of a turn, in the order in which it runs: VAD → recogniser → turn detector → reply → splitter → synthesiser → pacer.
/// This class holds the decisions and the state; <see cref="Utterance"/> and <see cref="Reply"/> do the waiting.
/// </summary>
/// <remarks>
/// Every method is called by the session's loop, one at a time. Work in the background changes nothing here: it posts a
/// <see cref="PipelineEvent"/>, which comes back through <see cref="Handle"/>.
/// </remarks>
internal sealed class VoicePipeline : IAsyncDisposable
{
    /// <summary>Silence after a short sound, while the reply is held, that shows it was no interruption.</summary>
    private static readonly TimeSpan s_falseInterruptionSilence = TimeSpan.FromMilliseconds(256);

    private readonly PipelineContext _context;
    private readonly ReplyContext _replyContext;
    private readonly Hearing _hearing;
    private readonly TurnStateMachine _machine = new();
    private readonly ConversationHistory _history;
    private readonly SilenceWatch _silence;

    private RecognitionHints? _hints;
    private Utterance? _utterance;
    private Reply? _reply;
    private string? _unanswered;
    private long _lastSpeech;
    private bool _handHeld;
    private TimeSpan _stopTook;
    private int _turns;

    public VoicePipeline(PipelineContext context)
    {
        _context = context;
        _hearing = new Hearing(context, OnWindow);
        _silence = new SilenceWatch(context);
        _history = new ConversationHistory(context.Options.MaxHistory);
        _replyContext = context.ToReplyContext();
    }

    private SessionConfig Config => _context.Config;

    private TurnConfig Rules => Config.Turn!;

    // ---- 1. VAD -----------------------------------------------------------------------------------------------------------

    /// <summary>Takes 16 kHz audio that arrived at <paramref name="arrived"/> (a timestamp of the clock).</summary>
    public ValueTask HearAsync(ReadOnlyMemory<short> samples, long arrived) => _hearing.HearAsync(samples, arrived);

    private void OnWindow(AudioFrame window, SegmenterUpdate speech, long spoken)
    {
        if (speech.IsVoiced) { _lastSpeech = spoken; }
        if (speech.OnsetAnnounced) { OnSpeechStart(speech, spoken); }
        if (_utterance is { IsFinishing: false } utterance)
        {
            utterance.Write(window);
            if (speech.EndAnnounced) { Send(new VadEvent(VadEventKind.SpeechEnd, ToMs(speech.LastSpeechEnd))); }
            OnUtteranceProgress(utterance, speech);
        }
    }

    private void OnSpeechStart(SegmenterUpdate speech, long spoken)
    {
        if (_utterance is { IsFinishing: false } || Rules.Mode == TurnMode.PushToTalk || (_reply is not null && Rules.BargeIn == false)) { return; }
        Send(new VadEvent(VadEventKind.SpeechStart, ToMs(speech.SpeechStart)));
        if (_reply is not null) { HoldReply(speech); } else { SetState(TurnState.Listening); }
        StartUtterance(spoken - _context.ToTimestamp(speech.SpeechSoFar));
    }

    // ---- 2. Recogniser ----------------------------------------------------------------------------------------------------

    private void StartUtterance(long speechStart)
    {
        // Who goes on while the final is still being decoded says one thing in two breaths: both are decoded together.
        var before = _utterance is { IsFinishing: true } ? _utterance.Audio : [];
        DropUtterance();
        var turn = NewTurn();
        turn.Clock.Mark(TurnMoment.SpeechStart, speechStart);
        var request = new RecognitionRequest(Config.Language!, _hints);
        _utterance = new Utterance(turn, _context.Engines.Asr, request, _context.Post, _context.Options.AsrTimeout, _context.Time);
        foreach (var frame in before) { _utterance.Write(frame); }
        if (_hearing.PreRoll(before.Count == 0 ? TimeSpan.Zero : before[^1].End) is { } preRoll) { _utterance.Write(preRoll); }
    }

    private void OnPartial(PartialHeard heard)
    {
        if (heard.Utterance != _utterance) { return; }
        _utterance.Partial = heard.Partial.Text;
        Send(new AsrPartial(_utterance.Turn.Id, heard.Partial.Text, heard.Partial.StableLength));
        if (_machine.State == TurnState.Paused && CountWords(heard.Partial.Text) >= Rules.MinInterruptionWords) { ConfirmInterruption(); }
    }

    // ---- 3. Turn detector -------------------------------------------------------------------------------------------------

    private void OnUtteranceProgress(Utterance utterance, SegmenterUpdate speech)
    {
        if (speech.IsVoiced)
        {
            if (utterance.IsPaused) { utterance.Resume(); }
        }
        else if (!utterance.IsPaused && speech.SilenceSoFar >= _context.Options.SoftEnd)
        {
            utterance.Pause();
        }

        if (_machine.State == TurnState.Paused)
        {
            JudgeInterruption(speech);
            if (_machine.State == TurnState.Paused || _utterance is null) { return; }
        }

        var tooLong = utterance.Duration >= _context.Options.MaxUtterance;
        if ((speech.IsVoiced || _handHeld) && !tooLong) { return; }
        var decision = _context.Engines.Turn.Decide(
            new TurnSignals(speech.SilenceSoFar, speech.SpeechSoFar, utterance.Partial, Rules.Patience!.Value));
        if (decision.EndsTurn || tooLong) { EndUtterance(tooLong ? decision with { Reason = "longest utterance" } : decision); }
    }

    private void EndUtterance(TurnDecision decision)
    {
        var turn = _utterance!.Turn;
        turn.Clock.SetSilence = _handHeld ? TimeSpan.Zero : decision.RequiredSilence;
        turn.Clock.Mark(TurnMoment.SpeechEnd, _lastSpeech);
        turn.Clock.Mark(TurnMoment.TurnEnd);
        _context.Timeline.Add(TimelineKinds.TurnEnd, decision);
        _handHeld = false;
        _utterance.Finish();
        SetState(TurnState.Thinking);
    }

    private void OnUtteranceEnded(UtteranceEnded ended)
    {
        if (ended.Utterance != _utterance) { return; }
        var turn = ended.Utterance.Turn;
        _utterance = null;
        turn.UserAudio = ended.Utterance.Audio;
        _context.Background.Add(ended.Utterance.DisposeAsync());
        if (_reply is not null)
        {
            // The words were to tell whether it is an interruption, and there are none.
            if (ended.Failure is not null) { Fail(VoiceStage.Asr, ended.Failure); }
            ReleaseReply();
            return;
        }
        if (ended.Failure is not null || ended.Final is not { Text.Length: > 0 } final)
        {
            if (ended.Failure is not null) { Fail(VoiceStage.Asr, ended.Failure); }
            SetState(TurnState.Idle);
            return;
        }

        Send(new AsrFinal(turn.Id, final.Text, [.. final.Words.Select(AsrWord.From)], final.Engine, Math.Round(final.Confidence, 3)));
        turn.Transcript = final;
        turn.UserText = _unanswered is null ? final.Text : $"{_unanswered} {final.Text}";
        _unanswered = null;
        _history.AddUser(turn.UserText, final.Confidence, suggestionId: null);
        StartReply(turn);
    }

    // ---- 4.-7. Reply, splitter, synthesiser, pacer: Reply runs them ------------------------------------------------------

    private void StartReply(Turn turn)
    {
        if (turn.UserText.Length > 0) { _silence.Reset(); }
        _hearing.Forget();
        SetState(TurnState.Thinking);
        var generation = _context.Fence.Open();
        _context.Playback.Begin(generation, _replyContext.OutputRate);
        _context.Pacer.Resume();
        (_replyContext.Language, _replyContext.Voice) = (Config.Language!, Config.Voice);
        _reply = new Reply(_replyContext, turn, generation);
        _reply.Start(_history.ToPrompt(SystemPrompt.For(Config)), _context.ToChatOptions());
    }

    private void OnAnswersOffered(AnswersOffered offered)
    {
        if (offered.Reply != _reply) { return; }
        _hints = offered.Suggestions.Hints;
        Send(new SuggestionsOffered(_reply.Turn.Id, [.. offered.Suggestions.Items.Select(SuggestionItem.From)]));
    }

    private void OnReplyAudible(Reply reply)
    {
        reply.IsAudible = true;
        var timings = reply.Turn.Clock.ToTimings();
        _context.Metrics.TurnMeasured(timings);
        Send(timings.ToMessage(reply.Turn.Id));
        if (reply == _reply && _machine.State == TurnState.Thinking) { SetState(TurnState.Speaking); }
    }

    private void OnReplyEnded(ReplyEnded ended)
    {
        if (ended.Reply != _reply) { return; }
        if (ended.Failure is { } e) { Fail((e as VoiceException)?.Stage ?? VoiceStage.Reply, e); }
        var heard = _replyContext.HasVoice ? _reply.HeardText(_context.Playback.Sent) : _reply.Text;
        Send(new AssistantTextDone(_reply.Turn.Id, _reply.Generation, _reply.Text, heard));
        FinishReply(heard, interrupted: false);
        SetState(_utterance is null ? TurnState.Idle : TurnState.Listening);
    }

    private void FinishReply(string heard, bool interrupted)
    {
        var reply = _reply!;
        _reply = null;
        _context.Fence.Close();
        _history.AddAssistant(heard, interrupted, reply.Properties);
        _context.Background.Add(reply.DisposeAsync());
        _context.Observers?.Post(new FinishedTurn
        {
            SessionId = _context.SessionId,
            TurnId = reply.Turn.Id,
            Transcript = reply.Turn.Transcript,
            UserText = reply.Turn.UserText,
            UserAudio = reply.Turn.UserAudio,
            ReplyText = reply.Text,
            HeardText = heard,
            Timings = reply.Turn.Clock.ToTimings(),
        });
    }

    // ---- Barge-in: pause, then decide --------------------------------------------------------------------------------------

    private void HoldReply(SegmenterUpdate speech)
    {
        if (_machine.State is not (TurnState.Thinking or TurnState.Speaking)) { return; }
        _context.Pacer.Pause();
        // From here on nothing stale is sent but the one packet that may be in flight.
        _stopTook = speech.SpeechSoFar;
        Send(new PlaybackPaused(_reply!.Generation, _context.Playback.Pause()));
        SetState(TurnState.Paused);
    }

    private void JudgeInterruption(SegmenterUpdate speech)
    {
        if (speech.SpeechSoFar >= TimeSpan.FromMilliseconds(Rules.MinInterruptionMs ?? 0))
        {
            ConfirmInterruption();
        }
        else if (!speech.IsVoiced && speech.SilenceSoFar >= s_falseInterruptionSilence)
        {
            DropUtterance();
                _context.Metrics.InterruptionWasFalse();
            ReleaseReply();
        }
    }

    private void ReleaseReply()
    {
        if (_machine.State != TurnState.Paused) { return; }
        Send(new PlaybackResumed(_reply!.Generation, _context.Playback.Resume()));
        _context.Pacer.Resume();
        SetState(_reply.IsAudible ? TurnState.Speaking : TurnState.Thinking);
    }

    private void ConfirmInterruption()
    {
        _context.Metrics.Interrupted();
        _context.Metrics.BargeInStopped(_stopTook);
        CancelReply(_reply!.IsAudible ? CancelReason.BargeIn : CancelReason.Superseded);
        SetState(TurnState.Listening);
    }

    /// <summary>Ends the reply now: nothing of it leaves any more, and only what was heard is remembered.</summary>
    private void CancelReply(CancelReason reason)
    {
        if (_reply is not { } reply) { return; }
        _context.Fence.Close();
        reply.Cancel();
        var position = _context.Playback.Pause();
        var heard = reply.HeardText(position);
        // Who goes on before an answer was heard says one thing in two breaths.
        if (heard.Length == 0 && reason != CancelReason.Interrupt) { _unanswered = _history.TakeBackUser(); }
        _context.Pacer.Resume();
        Send(new GenerationCancelled(reply.Generation, reason, heard, position, _context.Playback.IsEstimated));
        FinishReply(heard, interrupted: true);
    }

    // ---- What the user does by hand ---------------------------------------------------------------------------------------

    /// <summary>The assistant speaks first.</summary>
    public void Open() => StartReply(NewTurn());

    /// <summary>The user opens a turn by hand.</summary>
    public void StartListening()
    {
        CancelReply(CancelReason.Interrupt);
        _handHeld = true;
        if (_utterance is not { IsFinishing: false }) { StartUtterance(_context.Time.GetTimestamp()); }
        SetState(TurnState.Listening);
    }

    /// <summary>The user ends the turn by hand.</summary>
    public void StopListening()
    {
        if (_utterance is not { IsFinishing: false }) { return; }
        _lastSpeech = _context.Time.GetTimestamp();
        _handHeld = true;
        CancelReply(CancelReason.BargeIn);
        EndUtterance(new TurnDecision(true, TimeSpan.Zero, "stop_listen"));
    }

    /// <summary>The user typed, or chose an offered answer.</summary>
    public void TakeText(string text, string? suggestionId)
    {
        CancelReply(CancelReason.Interrupt);
        DropUtterance();
        var turn = NewTurn(suggestionId);
        turn.UserText = _unanswered is null ? text : $"{_unanswered} {text}";
        _unanswered = null;
        turn.Clock.Mark(TurnMoment.SpeechEnd);
        turn.Clock.Mark(TurnMoment.TurnEnd);
        turn.Clock.Mark(TurnMoment.Final);
        _history.AddUser(turn.UserText, confidence: null, suggestionId);
        StartReply(turn);
    }

    /// <summary>Hard stop, now.</summary>
    /// <param name="generation">Only if this is the reply that speaks; null for whichever does.</param>
    public void Interrupt(uint? generation)
    {
        if (_reply is null || (generation is { } g && g != _reply.Generation)) { return; }
        CancelReply(CancelReason.Interrupt);
        _unanswered = null;
        SetState(_utterance is { IsFinishing: false } ? TurnState.Listening : TurnState.Idle);
    }

    public void ReportPlayback(Playback report)
    {
        if (_reply is null || report.GenerationId != _reply.Generation) { return; }
        if (!_context.Playback.Report(report.PlayedSamples!.Value, report.State == PlaybackState.Playing))
        {
            _context.Timeline.Add(TimelineKinds.PlaybackClamped, report);
        }
    }

    public void SetContext(ContextItem item) => _history.SetContext(item);

    // ---- Plumbing ---------------------------------------------------------------------------------------------------------

    public void Handle(PipelineEvent happened)
    {
        switch (happened)
        {
            case PartialHeard e: OnPartial(e); break;
            case UtteranceEnded e: OnUtteranceEnded(e); break;
            case AnswersOffered e: OnAnswersOffered(e); break;
            case ReplyAudible e: OnReplyAudible(e.Reply); break;
            case ReplyFailed e when e.Reply == _reply: Fail(VoiceStage.Reply, e.Failure); break;
            case ReplyEnded e: OnReplyEnded(e); break;
            case SilenceTooLong e when _silence.IsDue(e): StartReply(NewTurn()); break;
        }
    }

    /// <summary>Stops everything and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _silence.Dispose();
        DropUtterance();
        if (_reply is not null)
        {
            _reply.Cancel();
            FinishReply(_reply.HeardText(_context.Playback.Position), interrupted: true);
        }
        _context.Pacer.Resume();
        await _context.Background.WhenAllAsync();
        _hearing.Dispose();
    }

    private Turn NewTurn(string? suggestionId = null) => new($"t{++_turns}", _context.Time) { SuggestionId = suggestionId };

    private void DropUtterance()
    {
        if (_utterance is null) { return; }
        _context.Background.Add(_utterance.DisposeAsync());
        _utterance = null;
    }

    private void SetState(TurnState state)
    {
        if (!_machine.MoveTo(state)) { return; }
        Send(new StateUpdate(state, _reply?.Generation));
        if (state == TurnState.Idle) { _silence.Begin(); } else { _silence.End(); }
    }

    private void Send(ServerMessage message) => _context.Outbox.Post(message);

    private void Fail(VoiceStage stage, Exception failure) => _context.Fail(stage, failure);

    private static long ToMs(TimeSpan? time) => (long)(time ?? TimeSpan.Zero).TotalMilliseconds;

    private static int CountWords(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
