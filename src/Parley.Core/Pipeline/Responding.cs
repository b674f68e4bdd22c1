using Microsoft.Extensions.AI;
using Parley.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>Decides when the assistant answers: by itself once a turn is understood, or when the client asks for it (<c>turn.respond</c>, <c>respond</c>).</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Responding(PipelineContext context, Floor floor, Answering answering, BesideReplies beside, Recordings recordings)
{
    private static readonly Respond s_plain = new();

    private Respond? _asked;

    /// <summary>Whether the next turn is answered as soon as it is understood.</summary>
    private bool Answers => _asked is not null || context.Config.Turn!.Respond != false;

    /// <summary>Whether that answer is known beforehand but for the words that it answers.</summary>
    public bool CanBeDrafted => Answers && (_asked ?? s_plain) with { RequestId = null } == s_plain;

    /// <summary>The client asks for an answer: now, or when what the user is saying is understood.</summary>
    /// <exception cref="RefusedException">There is one already, not all of which has left; or it cannot be made so.</exception>
    public void Ask(Respond asked)
    {
        SessionAdmission.Check(context.Config, asked, context.Engines);
        if (asked.Beside)
        {
            SpeakBeside(asked);
            return;
        }
        if (_asked is not null || !answering.TryMakeRoom())
        {
            throw new RefusedException(ErrorCodes.ReplyActive, "There is a reply already: interrupt it, or wait for its end.");
        }
        _asked = asked;
        if (floor.Utterance is null && !recordings.Any) { Speak(); } else { floor.Rest(); }
    }

    /// <summary>What the client asked for is not wanted any more, if it still waits.</summary>
    public void Withdraw() => _asked = null;

    /// <summary>The user's turn is understood.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="text">What the user said or typed in it.</param>
    /// <param name="confidence">The recogniser's; null where the text is certain.</param>
    /// <param name="draft">The reply to just this, if it was begun before.</param>
    public void OnUnderstood(Turn turn, string text, double? confidence, Reply? draft = null)
    {
        Keep(turn, text, confidence);
        floor.Silence.Reset();
        if (floor.Reply is not null) { return; }
        if (draft is not null && !CanBeDrafted)
        {
            context.Background.Add(draft.DisposeAsync());
            draft = null;
        }
        if (Answers)
        {
            Speak(turn, draft);
            return;
        }
        OnReplyOver();
    }

    /// <summary>There were no words in what the user said.</summary>
    public void OnNothingUnderstood()
    {
        if (floor.Reply is not null) { return; }
        if (_asked is not null) { Speak(); } else { OnReplyOver(); }
    }

    /// <summary>What was recorded is remembered; an answer may have waited for it.</summary>
    public void OnRecordingUnderstood()
    {
        if (_asked is not null && !recordings.Any && floor is { Utterance: null, Reply: null }) { Speak(); }
    }

    /// <summary>The assistant has the floor no more: what the user said meanwhile is answered, unless they speak still.</summary>
    public void OnReplyOver()
    {
        if (floor.Utterance is null && answering.Owed is { } turn) { Speak(turn.Reopen()); } else { floor.Rest(); }
    }

    /// <summary>The turn is remembered, so that it can be answered at another time.</summary>
    public void Keep(Turn turn, string text, double? confidence) => answering.Remember(new UnderstoodTurn(turn, text, confidence, IsHeld: !Answers));

    /// <summary>Answers the turn that waits for it; without one the assistant goes on by itself.</summary>
    private void Speak()
    {
        var turn = (answering.Owed ?? answering.Held)?.Reopen() ?? floor.NewTurn();
        answering.RememberUnanswered(turn);
        Speak(turn);
    }

    private void Speak(Turn turn, Reply? draft = null)
    {
        var request = _asked is null ? null : ToRequest(_asked);
        _asked = null;
        answering.Speak(turn, request, draft);
    }

    /// <summary>The conversation goes on as if nothing was said; where somebody speaks, nobody hears of it either.</summary>
    private void SpeakBeside(Respond asked)
    {
        // An opener is for who waits to hear something.
        var request = ToRequest(asked) with { IsBeside = true };
        request = request with { Config = request.Config with { QuickReply = false } };
        if (floor.Reply is null && floor.Utterance is null) { answering.Speak(floor.NewTurn(), request); } else { beside.Begin(request); }
    }

    private ReplyRequest ToRequest(Respond asked) => new(SessionConfigRules.Merge(context.Config, asked), ToMessages(asked.Input), Id: asked.RequestId);

    private static IReadOnlyList<ChatMessage>? ToMessages(IReadOnlyList<InputMessage>? input) =>
        input is null ? null : [.. input.Select(m => new ChatMessage(HistoryEdits.RoleOf(m.Role!.Value), m.Text))];
}
