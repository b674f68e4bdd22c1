using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Policy.Hybrid;
using Parley.Recording;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Sessions;
using Parley.Sessions.Resuming;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>The assistant's side: starts replies, ends and cancels them, and remembers of each what was heard.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Answering
{
    private readonly PipelineContext _context;
    private readonly ReplyContext _replies;
    private readonly Floor _floor;
    private readonly ClientCalls _calls;
    private readonly WaitingTurns _waiting;
    private string? _unanswered;
    private IReadOnlyList<Suggestion> _offered = [];

    public Answering(PipelineContext context, Floor floor)
    {
        (_context, _floor, _replies) = (context, floor, context.ToReplyContext());
        History = new ConversationHistory(context.Options.MaxHistory, context.User);
        _waiting = new WaitingTurns(context);
        Edits = new HistoryEdits(context, History, _waiting);
        _calls = new ClientCalls(History);
    }

    public ConversationHistory History { get; }

    /// <summary>What the client changes of it.</summary>
    public HistoryEdits Edits { get; }

    /// <summary>The turn that waits for the client: to ask for its answer, or for what its tools gave; null where there is none.</summary>
    public Turn? Held { get; private set; }

    /// <summary>The turn that was said during a reply and is to be answered now that this is over; null where there is none.</summary>
    public Turn? Owed { get; private set; }

    /// <summary>The answers that were offered last: a hint to the recogniser.</summary>
    public RecognitionHints? Hints { get; private set; }

    /// <summary>The user's turn is understood: it is remembered; where the assistant speaks, behind what it says.</summary>
    public void Remember(UnderstoodTurn understood)
    {
        if (_floor.Reply is not null)
        {
            _waiting.Add(understood);
            return;
        }
        var (turn, text, confidence, isHeld) = understood;
        turn.UserText = WithUnanswered(text);
        (_unanswered, Held) = (null, isHeld ? turn : null);
        History.AddUser(turn.UserText, confidence, turn.SuggestionId, turn.Id);
        _context.Timeline.Add(TimelineKinds.User, new UserSpoke(turn.Id, turn.UserText, confidence, turn.SuggestionId, isHeld));
    }

    /// <summary>What the user said before an answer was heard, and did not go on with, is all that they said.</summary>
    /// <param name="turn">The turn that it becomes.</param>
    public void RememberUnanswered(Turn turn)
    {
        if (_unanswered is not { } text) { return; }
        _unanswered = null;
        Remember(new UnderstoodTurn(turn, text, Confidence: null, IsHeld: false));
    }

    /// <summary>What was said into the reply is remembered now that this is over.</summary>
    private void RememberWaiting()
    {
        foreach (var understood in _waiting.TakeAll())
        {
            Remember(understood);
            if (!understood.IsHeld) { Owed = understood.Turn; }
        }
    }

    /// <summary>The assistant speaks: after a turn of the user, or of its own accord.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="request">What is asked for; null: what the session's configuration says.</param>
    /// <param name="draft">The reply to just this, if it was begun before.</param>
    public void Speak(Turn turn, ReplyRequest? request = null, Reply? draft = null)
    {
        draft?.Turn.Continue(turn);
        Commit(draft ?? Begin(turn, request ?? new ReplyRequest(_context.Config)), request?.Id);
    }

    /// <summary>Begins the reply to what the user has probably said; it comes to nothing unless <see cref="Speak"/> gets it.</summary>
    public Reply DraftReply(Turn turn, string text, double? confidence)
    {
        var asked = ConversationHistory.ToMessage(WithUnanswered(text), confidence, turn.SuggestionId);
        return Begin(turn.ToDraft(), new ReplyRequest(_context.Config, [.. History.Messages, asked]));
    }

    /// <summary>Takes over from a session that was broken off.</summary>
    public void Restore(SessionSnapshot snapshot)
    {
        History.Restore(snapshot.History);
        _calls.Restore(snapshot.Calls);
        Held = snapshot.HeldTurn is { } held ? _floor.OldTurn(held) : null;
        foreach (var item in snapshot.Context) { _context.User.Set(item); }
        foreach (var action in snapshot.Actions) { _context.User.Add(action); }
        (Hints, _unanswered) = (snapshot.Hints, snapshot.Unanswered);
        _waiting.Restore(snapshot.Waiting, _floor.OldTurn);
        _context.Fence.GoOnAfter(snapshot.LastGeneration);
    }

    /// <summary>Goes on with the reply that was broken off, at the sample where its listener was; or answers anew what has no answer.</summary>
    public void GoOn(SessionSnapshot snapshot)
    {
        CancelBeside(snapshot);
        if (snapshot.OpenTurn is not { } id)
        {
            AnswerWaiting();
            return;
        }
        var turn = _floor.OldTurn(id);
        if (snapshot.Reply is not { } broken)
        {
            if (snapshot.OpenGeneration != 0)
            {
                _floor.Send(new GenerationCancelled(snapshot.OpenGeneration, CancelReason.Superseded, "", 0, Estimated: true));
            }
            Speak(turn);
            return;
        }
        var reply = new Reply(_replies, turn, new ReplyRequest(_context.Config with { Speech = broken.IsSpoken }), broken) { IsAudible = true };
        reply.Start(
            [.. History.ToPrompt(SystemPrompt.For(_context.Config)), new ChatMessage(ChatRole.Assistant, broken.Text) { AdditionalProperties = broken.Properties },
                new ChatMessage(ChatRole.System, SystemPrompt.GoOn)],
            _context.ToChatOptions(_context.Config));
        _floor.MoveTo(TurnState.Thinking);
        _context.Fence.Reopen(snapshot.OpenGeneration);
        _context.Playback.Begin(snapshot.OpenGeneration, reply.OutputRate, broken.Position);
        _floor.Reply = reply;
        _floor.MoveTo(TurnState.Speaking);
        reply.Commit(snapshot.OpenGeneration);
    }

    /// <summary>Ends the reply that was broken off where its listener was; a turn of whose answer nothing was heard is answered all the same.</summary>
    public void BreakOff(SessionSnapshot snapshot)
    {
        if (snapshot is not { OpenTurn: { } id, Reply: { Position: > 0 } broken })
        {
            GoOn(snapshot);
            return;
        }
        CancelBeside(snapshot);
        var (heard, unsaid) = (broken.Text[..broken.HeardLength].TrimEnd(), broken.Text[broken.HeardLength..].TrimStart());
        var interrupted = !broken.IsComplete || unsaid.Length > 0;
        _floor.Send(new GenerationCancelled(snapshot.OpenGeneration, CancelReason.Interrupt, heard, broken.Position, Estimated: true));
        History.AddAssistant(heard, interrupted, broken.Properties, HistoryEdits.IdOf(snapshot.OpenGeneration));
        if (_calls.EndReply()) { Held = _floor.OldTurn(id); }
        _context.Timeline.Add(TimelineKinds.Assistant, new AssistantSpoke(
            id, snapshot.OpenGeneration, heard, unsaid, interrupted, broken.Position, Estimated: true, StoredProperties.From(broken.Properties)));
        AnswerWaiting();
    }

    private void AnswerWaiting()
    {
        RememberWaiting();
        if (Owed is { } turn) { Speak(turn); }
    }

    private void CancelBeside(SessionSnapshot snapshot)
    {
        foreach (var generation in snapshot.Beside) { _floor.Send(new GenerationCancelled(generation, CancelReason.Superseded, "", 0, Estimated: true)); }
    }

    private string WithUnanswered(string text) => _unanswered is null ? text : $"{_unanswered} {text}";

    /// <summary>Begins a reply that nobody is told of yet.</summary>
    public Reply Begin(Turn turn, ReplyRequest request, bool isOnFloor = true)
    {
        var reply = new Reply(_replies, turn, request) { IsOnFloor = isOnFloor };
        reply.Start(History.ToPrompt(SystemPrompt.For(request.Config), request.Input ?? History.Messages), _context.ToChatOptions(request.Config));
        return reply;
    }

    private void Commit(Reply reply, string? requestId)
    {
        _floor.MoveTo(TurnState.Thinking);
        var generation = _context.Fence.Open();
        _context.Playback.Begin(generation, reply.OutputRate);
        _context.Pacer.Resume();
        _floor.Reply = reply;
        if (!reply.IsBeside) { (Held, Owed) = (null, null); }
        Announce(reply, generation, requestId);
    }

    /// <summary>From now on the client is told of the reply.</summary>
    public void Announce(Reply reply, uint generation, string? requestId)
    {
        _context.Timeline.Add(TimelineKinds.ReplyBegin, new ReplyBegun(reply.Turn.Id, generation, !reply.IsSpoken, reply.IsBeside));
        _floor.Send(new ReplyBegan(reply.Turn.Id, generation, reply.IsBeside ? true : null, requestId));
        reply.Commit(generation);
    }

    public void OnAnswersOffered(AnswersOffered offered)
    {
        if (offered.Reply != _floor.Reply || offered.Reply.IsBeside) { return; }
        (Hints, _offered) = (offered.Suggestions.Hints, offered.Suggestions.Items);
        _context.Timeline.Add(TimelineKinds.Hints, Hints);
        _floor.Send(new SuggestionsOffered(offered.Reply.Turn.Id, [.. offered.Suggestions.Items.Select(SuggestionItem.From)]));
    }

    /// <summary>
    /// A better transcript of a turn has come. It takes the place of the first where nothing was done upon that yet, or where it says the same in other
    /// letters; else the client may show it, and the conversation stands.
    /// </summary>
    public void Refine(Turn turn, FinalTranscript refined)
    {
        if (turn.Transcript is not { } heard || heard.Text == refined.Text || !turn.UserText.EndsWith(heard.Text, StringComparison.Ordinal)) { return; }
        var (before, after) = (turn.UserText, string.Concat(turn.UserText.AsSpan(0, turn.UserText.Length - heard.Text.Length), refined.Text));
        var applied = _unanswered == before
            || (TranscriptAgreement.Holds(heard.Text, refined.Text, _context.Config.Language!) && History.ReplaceUser(before, after));
        if (_unanswered == before) { _unanswered = after; }
        if (applied) { _context.Timeline.Add(TimelineKinds.Refined, new UserRefined(turn.Id, before, after)); }
        _floor.Send(new AsrRefined(turn.Id, refined.Text, [.. refined.Words.Select(AsrWord.From)], refined.Engine, applied));
    }

    /// <summary>A tool has answered; where its reply is over already, the next one finds the result.</summary>
    public void OnToolAnswered(ToolAnswered answered) => History.AnswerTool(answered.Call, answered.Answer);

    /// <summary>The reply calls a tool that the client runs.</summary>
    public void OnClientToolCalled(ClientToolCalled called)
    {
        if (called.Reply != _floor.Reply || called.Reply.IsBeside) { return; }
        _calls.Add(called.Call);
        _context.Timeline.Add(TimelineKinds.Tool, called.Call);
    }

    /// <summary>The client has run a tool.</summary>
    /// <exception cref="RefusedException">No such call waits for a result.</exception>
    public void TakeResult(ToolResult result)
    {
        var call = _calls.Find(result.CallId!) ?? throw new RefusedException(ErrorCodes.BadField, "call_id: no call of this id waits for a result.");
        var answer = call with { Outcome = ToolOutcome.Answered, Result = result.Output };
        _context.Timeline.Add(TimelineKinds.Tool, answer);
        _calls.Answer(call, answer);
    }

    public void OnAudible(Reply reply)
    {
        if (reply.IsAudible) { return; } // It goes on after a break: its first audio was long ago.
        reply.IsAudible = true;
        var timings = reply.Turn.Clock.ToTimings();
        _context.Metrics.TurnMeasured(timings);
        _floor.Send(timings.ToMessage(reply.Turn.Id));
        if (reply == _floor.Reply && _floor.State == TurnState.Thinking) { _floor.MoveTo(TurnState.Speaking); }
    }

    /// <summary>The reply was heard to its end.</summary>
    /// <returns>False: it was over before.</returns>
    public bool OnEnded(ReplyEnded ended)
    {
        if (ended.Reply != _floor.Reply) { return false; }
        if (ended.Failure is { } e) { _context.Fail((e as VoiceException)?.Stage ?? VoiceStage.Reply, e); }
        // What has left is still played where a stage failed; where none did, the listener was waited for.
        End(ended.Reply, ended.Failure is null ? _context.Playback.Position : _context.Playback.Sent, ended.Failure is not null);
        Foresee();
        return true;
    }

    /// <summary>Ends the reply whose audio has all left before it was heard to its end: the client wants another one.</summary>
    /// <returns>False: there is a reply, and not all of it has left.</returns>
    public bool TryMakeRoom()
    {
        if (_floor.Reply is not { } reply) { return true; }
        var sent = _context.Readings.Read(reply.Generation, PlaybackPurpose.Respond, _context.Playback.Sent);
        if (sent < reply.EndSample) { return false; }
        reply.Cancel();
        _context.Pacer.Resume();
        End(reply, sent, hasFailed: false);
        return true;
    }

    /// <summary>The reply is over, heard up to <paramref name="played"/>.</summary>
    private void End(Reply reply, long played, bool hasFailed)
    {
        var position = _context.Readings.Read(reply.Generation, PlaybackPurpose.End, played);
        var heard = reply.HasVoice ? reply.Said.HeardAt(position) : reply.Text;
        _floor.Send(new AssistantTextDone(reply.Turn.Id, reply.Generation, reply.Text, heard, reply.Cut, reply.Usage));
        _floor.Send(new ReplyFinished(reply.Turn.Id, reply.Generation, hasFailed || reply.HasFailed));
        Finish(reply, heard, position, interrupted: false);
    }

    /// <summary>While the learner thinks, the answers to what was offered are spoken in the background.</summary>
    private void Foresee()
    {
        if (_context.Prefetcher is not { } prefetcher || _context.Engines.BackgroundTts is not { } synthesizer || _offered.Count == 0 || !_replies.HasVoice || _context.Config.Speech == false) { return; }
        var config = _context.Config;
        prefetcher.Expect(new LikelyReplies(
            _context.Engines.Reply, History.ToPrompt(SystemPrompt.For(config)), _context.ToChatOptions(config), _offered, synthesizer,
            synthesizer.Voices.Contains(config.Voice, StringComparer.OrdinalIgnoreCase) ? config.Voice : null, config.Language!, config.Speed ?? 1));
    }

    /// <summary>Ends the reply now: nothing of it leaves any more, and only what was heard is remembered.</summary>
    public void Cancel(CancelReason reason)
    {
        if (_floor.Reply is not { } reply) { return; }
        _context.Fence.Close();
        reply.Cancel();
        var position = _context.Readings.Read(reply.Generation, PlaybackPurpose.Cancel, _context.Playback.Pause());
        var heard = reply.Said.HeardAt(position);
        // Who goes on before an answer was heard says one thing in two breaths, unless tools have answered to the first.
        if (heard.Length == 0 && !reply.IsBeside && reply.Tools.Count == 0 && !_calls.Any && reason != CancelReason.Interrupt && (_unanswered = History.TakeBackUser(reply.Turn.Id)) is not null)
        {
            _context.Timeline.Add(TimelineKinds.TakeBack);
        }
        _context.Pacer.Resume();
        _floor.Send(new GenerationCancelled(reply.Generation, reason, heard, position, _context.Playback.IsEstimated, reply.Usage));
        Finish(reply, heard, position, interrupted: !reply.IsWritten || reply.Said.UnsaidAt(position).Length > 0);
    }

    /// <summary>What was said without an answer belongs to nobody's next turn.</summary>
    public void ForgetUnanswered() => _unanswered = null;

    public void ReportPlayback(Playback report)
    {
        if (_floor.Reply is null || report.GenerationId != _floor.Reply.Generation)
        {
            Edits.Correct(report);
            return;
        }
        if (!_context.Playback.Report(report.PlayedSamples!.Value, report.State))
        {
            _context.Metrics.PlaybackWasClamped();
            _context.Timeline.Add(TimelineKinds.PlaybackClamped, report);
        }
    }

    /// <summary>The session is over, or the line broke: the timeline tells where the listener was.</summary>
    public void Stop()
    {
        if (_floor.Reply is { } reply)
        {
            _context.Fence.Close();
            reply.Cancel();
            var position = _context.Playback.Position;
            var heard = reply.Said.HeardAt(position);
            _context.Timeline.Add(TimelineKinds.Suspended, new ReplySuspended(reply.Generation, position, _context.Playback.IsEstimated, heard.Length));
            Close(reply, heard, position);
        }
        _context.Pacer.Resume();
    }

    private void Finish(Reply reply, string heard, long samples, bool interrupted)
    {
        if (!reply.IsBeside) { Remember(reply, heard, samples, interrupted); }
        Close(reply, heard, samples);
        RememberWaiting();
    }

    private void Remember(Reply reply, string heard, long samples, bool interrupted)
    {
        History.AddTools(reply.Tools);
        History.AddAssistant(heard, interrupted, reply.Properties, HistoryEdits.IdOf(reply.Generation));
        Edits.Remember(reply, samples);
        _context.Timeline.Add(TimelineKinds.Assistant, new AssistantSpoke(
            reply.Turn.Id, reply.Generation, heard, reply.HasVoice ? reply.Said.UnsaidAt(samples) : "", interrupted, samples,
            _context.Playback.IsEstimated, StoredProperties.From(reply.Properties)));
        if (_calls.EndReply()) { Held = reply.Turn; }
    }

    private void Close(Reply reply, string heard, long samples)
    {
        _floor.Reply = null;
        _context.Background.Add(reply.DisposeAsync());
        reply.Turn.Trace?.Say(reply.Turn.UserText, reply.Text);
        reply.Turn.Trace?.End(heard.Length < reply.Text.TrimEnd().Length ? "cut" : "heard", reply.Turn.Clock.ToTimings());
        if (reply.IsBeside) { return; }
        _context.Observers?.Post(new FinishedTurn
        {
            SessionId = _context.SessionId,
            TurnId = reply.Turn.Id,
            Transcript = reply.Turn.Transcript,
            UserText = reply.Turn.UserText,
            UserSpoken = reply.Turn.Spoken,
            UserSound = reply.Turn.Sound,
            ReplyText = reply.Text,
            HeardText = heard,
            HeardAudio = reply.HasVoice ? AudioMath.DurationOf(samples, reply.OutputRate) : TimeSpan.Zero,
            Timings = reply.Turn.Clock.ToTimings(),
        });
    }
}
