using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Replies;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>The assistant's side: starts replies, ends and cancels them, and remembers of each what was heard.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Answering
{
    private readonly PipelineContext _context;
    private readonly ReplyContext _replies;
    private readonly Floor _floor;
    private string? _unanswered;

    public Answering(PipelineContext context, Floor floor)
    {
        (_context, _floor, _replies) = (context, floor, context.ToReplyContext());
        History = new ConversationHistory(context.Options.MaxHistory);
    }

    public ConversationHistory History { get; }

    /// <summary>The answers that were offered last: a hint to the recogniser.</summary>
    public RecognitionHints? Hints { get; private set; }

    /// <summary>The user's turn is understood: it is answered.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="text">What the user said or typed in it.</param>
    /// <param name="confidence">The recogniser's; null where the text is certain.</param>
    /// <param name="draft">The reply to just this, if it was begun before.</param>
    public void Answer(Turn turn, string text, double? confidence, Reply? draft = null)
    {
        turn.UserText = WithUnanswered(text);
        _unanswered = null;
        History.AddUser(turn.UserText, confidence, turn.SuggestionId);
        _floor.Silence.Reset();
        if (draft is null)
        {
            Speak(turn);
            return;
        }
        draft.Turn.Continue(turn);
        Commit(draft);
    }

    /// <summary>The assistant speaks: after a turn of the user, or of its own accord.</summary>
    public void Speak(Turn turn) => Commit(Begin(turn, History.ToPrompt(SystemPrompt.For(_context.Config))));

    /// <summary>Begins the reply to what the user has probably said; it comes to nothing unless <see cref="Answer"/> gets it.</summary>
    public Reply DraftReply(Turn turn, string text, double? confidence)
    {
        var prompt = History.ToPrompt(SystemPrompt.For(_context.Config));
        return Begin(turn.ToDraft(), [.. prompt, ConversationHistory.ToMessage(WithUnanswered(text), confidence, turn.SuggestionId)]);
    }

    private string WithUnanswered(string text) => _unanswered is null ? text : $"{_unanswered} {text}";

    private Reply Begin(Turn turn, IReadOnlyList<ChatMessage> prompt)
    {
        (_replies.Language, _replies.Voice) = (_context.Config.Language!, _context.Config.Voice);
        var reply = new Reply(_replies, turn);
        reply.Start(prompt, _context.ToChatOptions());
        return reply;
    }

    private void Commit(Reply reply)
    {
        _floor.MoveTo(TurnState.Thinking);
        var generation = _context.Fence.Open();
        _context.Playback.Begin(generation, _replies.OutputRate);
        _context.Pacer.Resume();
        _floor.Reply = reply;
        reply.Commit(generation);
    }

    public void OnAnswersOffered(AnswersOffered offered)
    {
        if (offered.Reply != _floor.Reply) { return; }
        Hints = offered.Suggestions.Hints;
        _floor.Send(new SuggestionsOffered(offered.Reply.Turn.Id, [.. offered.Suggestions.Items.Select(SuggestionItem.From)]));
    }

    public void OnAudible(Reply reply)
    {
        reply.IsAudible = true;
        var timings = reply.Turn.Clock.ToTimings();
        _context.Metrics.TurnMeasured(timings);
        _floor.Send(timings.ToMessage(reply.Turn.Id));
        if (reply == _floor.Reply && _floor.State == TurnState.Thinking) { _floor.MoveTo(TurnState.Speaking); }
    }

    public void OnEnded(ReplyEnded ended)
    {
        if (ended.Reply != _floor.Reply) { return; }
        var reply = ended.Reply;
        if (ended.Failure is { } e) { _context.Fail((e as VoiceException)?.Stage ?? VoiceStage.Reply, e); }
        var heard = _replies.HasVoice ? reply.HeardText(_context.Playback.Sent) : reply.Text;
        _floor.Send(new AssistantTextDone(reply.Turn.Id, reply.Generation, reply.Text, heard));
        Finish(reply, heard, interrupted: false);
        _floor.MoveTo(_floor.Utterance is null ? TurnState.Idle : TurnState.Listening);
    }

    /// <summary>Ends the reply now: nothing of it leaves any more, and only what was heard is remembered.</summary>
    public void Cancel(CancelReason reason)
    {
        if (_floor.Reply is not { } reply) { return; }
        _context.Fence.Close();
        reply.Cancel();
        var position = _context.Playback.Pause();
        var heard = reply.HeardText(position);
        // Who goes on before an answer was heard says one thing in two breaths.
        if (heard.Length == 0 && reason != CancelReason.Interrupt) { _unanswered = History.TakeBackUser(); }
        _context.Pacer.Resume();
        _floor.Send(new GenerationCancelled(reply.Generation, reason, heard, position, _context.Playback.IsEstimated));
        Finish(reply, heard, interrupted: true);
    }

    /// <summary>What was said without an answer belongs to nobody's next turn.</summary>
    public void ForgetUnanswered() => _unanswered = null;

    public void ReportPlayback(Playback report)
    {
        if (_floor.Reply is null || report.GenerationId != _floor.Reply.Generation) { return; }
        if (!_context.Playback.Report(report.PlayedSamples!.Value, report.State == PlaybackState.Playing))
        {
            _context.Timeline.Add(TimelineKinds.PlaybackClamped, report);
        }
    }

    /// <summary>The session is over.</summary>
    public void Stop()
    {
        if (_floor.Reply is { } reply)
        {
            reply.Cancel();
            Finish(reply, reply.HeardText(_context.Playback.Position), interrupted: true);
        }
        _context.Pacer.Resume();
    }

    private void Finish(Reply reply, string heard, bool interrupted)
    {
        _floor.Reply = null;
        _context.Fence.Close();
        History.AddAssistant(heard, interrupted, reply.Properties);
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
}
