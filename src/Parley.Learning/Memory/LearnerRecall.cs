using Parley.Learning.Learners;

namespace Parley.Learning.Memory;

/// <summary>Brings to mind what is known of a learner: what is due, what they often get wrong, and what they once said about this.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="store">Due reviews and mistakes.</param>
/// <param name="memories">What they said.</param>
/// <param name="time">Says what is due.</param>
public sealed class LearnerRecall(ILearnerStore store, LearnerMemories memories, TimeProvider time)
{
    private const int MostSentences = 2, MostMemories = 3, MostFacts = 8, RecentMistakes = 50;

    /// <summary>What is shorter may well be said twice.</summary>
    private const int Telling = 12;

    /// <summary>A habit is a rule that was broken so often of late.</summary>
    private const int Habitual = 3;

    /// <summary>Memories that are less near have only common words with it.</summary>
    private const float Near = 0.25f;

    /// <summary>What comes to mind.</summary>
    /// <param name="learnerId">Of whom.</param>
    /// <param name="said">What they said last; empty at the begin of a conversation.</param>
    /// <param name="conversation">All that they said in this conversation, which need not be brought to mind.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Timeline.StoreException">Nothing can be read.</exception>
    public async Task<Recollections> AboutAsync(string learnerId, string said, IReadOnlyList<string> conversation, CancellationToken cancellationToken)
    {
        var due = await store.ReviewsAsync(learnerId, time.GetUtcNow(), 4 * MostSentences, cancellationToken);
        var mistakes = await store.MistakesAsync(learnerId, limit: RecentMistakes, cancellationToken: cancellationToken);
        var habit = mistakes.GroupBy(m => m.Rule).Where(g => g.Count() >= Habitual).MaxBy(g => g.Count())?.Key;
        var facts = await store.FactsAsync(learnerId, cancellationToken);
        return new Recollections(
            [.. due.Select(item => item.Answer).Distinct().Take(MostSentences)], habit, await RemindAsync(learnerId, said, conversation, cancellationToken),
            [.. facts.Where(f => !conversation.Any(text => text.Contains(f.Value, StringComparison.OrdinalIgnoreCase))).Take(MostFacts)]);
    }

    private async Task<IReadOnlyList<string>> RemindAsync(string learnerId, string said, IReadOnlyList<string> conversation, CancellationToken cancellationToken)
    {
        if (said.Length == 0) { return []; }
        var near = await memories.RecallAsync(learnerId, said, MostMemories, cancellationToken);
        return [.. near.Where(r => r.Similarity >= Near && !conversation.Any(text => text.Length >= Telling && r.Memory.Text.Contains(text, StringComparison.Ordinal))).Select(r => r.Memory.Text)];
    }
}
