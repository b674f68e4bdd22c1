using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Turns.Coaching;

namespace Parley.Pipeline;

/// <summary>Gives what the user said to the coach, where feedback is asked for.</summary>
/// <remarks>Used by the session's loop alone, and waits for nothing.</remarks>
internal sealed class Coaching(PipelineContext context, ConversationHistory history)
{
    /// <summary>Messages of the conversation that the coach is told.</summary>
    private const int Before = 6;

    /// <param name="turn">Understood, and not yet part of the conversation.</param>
    /// <param name="text">What was said or typed.</param>
    /// <param name="lastSpeech">When its last sample of speech was heard, a timestamp of the clock; null where it was typed.</param>
    public void Post(Turn turn, string text, long? lastSpeech)
    {
        if (context.Coach is not { } coach || context.Config.Feedback is not ({ Pronunciation: true } or { Grammar: true } or { Discourse: true })) { return; }
        var outbox = context.Outbox;
        coach.Post(
            new SpokenTurn(context.SessionId, turn.Id, text, context.Config)
            {
                LearnerId = context.LearnerId,
                Transcript = turn.Transcript,
                Audio = turn.UserAudio,
                Before = [.. history.Messages.Where(m => m.Role == ChatRole.User || m.Role == ChatRole.Assistant).TakeLast(Before).Select(m => new TurnBefore(m.Role == ChatRole.User, m.Text))],
            },
            lastSpeech, message => outbox.Post(message));
    }
}
