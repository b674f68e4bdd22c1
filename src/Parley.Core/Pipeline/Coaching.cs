using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Audio;
using Parley.Replies;
using Parley.Turns.Coaching;

namespace Parley.Pipeline;

/// <summary>Gives what the user said to the coach, where feedback is asked for.</summary>
/// <remarks>Used by the session's loop alone, and waits for nothing.</remarks>
internal sealed class Coaching(PipelineContext context, ConversationHistory history)
{
    /// <summary>Messages of the conversation that the coach is told.</summary>
    private const int Before = 6;

    private CoachingQueue? Coach => context.Config.Feedback is { Pronunciation: true } or { Grammar: true } or { Discourse: true } ? context.Coach : null;

    /// <summary>The speaker is silent for the moment: if nothing follows, the turn is what was understood so far.</summary>
    public void Expect(Utterance utterance)
    {
        var (text, settled) = (utterance.Partial.Text, utterance.Partial.Settled);
        var stands = settled is not null || utterance.Partial.StableLength >= text.Length;
        if (Coach is not { } coach || !utterance.IsPaused || !stands || text.Length == 0 || text == utterance.Expected) { return; }
        utterance.Expected = text;
        coach.Expect(Spoken(utterance.Turn, text, settled, [.. utterance.Audio]));
    }

    /// <param name="turn">Understood, and not yet part of the conversation.</param>
    /// <param name="text">What was said or typed.</param>
    /// <param name="audio">Its sound; empty where it was typed.</param>
    /// <param name="lastSpeech">When its last sample of speech was heard, a timestamp of the clock; null where it was typed.</param>
    public void Post(Turn turn, string text, IReadOnlyList<AudioFrame> audio, long? lastSpeech)
    {
        var outbox = context.Outbox;
        Coach?.Post(Spoken(turn, text, turn.Transcript, audio), lastSpeech, message => outbox.Post(message));
    }

    private SpokenTurn Spoken(Turn turn, string text, FinalTranscript? transcript, IReadOnlyList<AudioFrame> audio) => new(context.SessionId, turn.Id, text, context.Config)
    {
        LearnerId = context.LearnerId,
        Transcript = transcript,
        Audio = audio,
        Before = [.. history.Messages.Where(m => m.Role == ChatRole.User || m.Role == ChatRole.Assistant).TakeLast(Before).Select(m => new TurnBefore(m.Role == ChatRole.User, m.Text))],
    };
}
