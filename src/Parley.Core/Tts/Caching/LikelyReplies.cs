using Microsoft.Extensions.AI;
using Parley.Replies;

namespace Parley.Tts.Caching;

/// <summary>What the assistant will probably say next: its answers to what it has just offered the learner.</summary>
/// <param name="Reply">The reply engine.</param>
/// <param name="Prompt">The conversation so far.</param>
/// <param name="Options">The options of the next call.</param>
/// <param name="Offered">What was offered.</param>
/// <param name="Synthesizer">The synthesiser that will speak.</param>
/// <param name="Voice">The session's voice; null for the synthesiser's own.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Speed">The session's speed.</param>
internal sealed record LikelyReplies(
    IChatClient Reply, IReadOnlyList<ChatMessage> Prompt, ChatOptions Options, IReadOnlyList<Suggestion> Offered, ISpeechSynthesizer Synthesizer, string? Voice,
    string Language, double Speed = 1)
{
    // The first clauses are those that somebody would wait for; while they play the rest is spoken.
    private const int MaxOffers = 4, MaxClauses = 3;

    /// <summary>The clauses that will probably be needed, the first of each answer before the second of any.</summary>
    public IEnumerable<string> Clauses()
    {
        if (Reply.GetService(typeof(IReplyPreview)) is not IReplyPreview preview) { return []; }
        var replies = Offered.Take(MaxOffers)
            .Select(o => preview.Preview([.. Prompt, ConversationHistory.ToMessage(o.Text, null, o.Id)], Options))
            .OfType<string>().Select(r => SpokenClauses.Of(r).Take(MaxClauses).ToArray()).ToArray();
        return Enumerable.Range(0, MaxClauses).SelectMany(i => replies.Where(r => r.Length > i).Select(r => r[i])).Distinct();
    }
}
