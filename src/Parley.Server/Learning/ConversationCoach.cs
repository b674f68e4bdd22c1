using Parley.Learning.Discourse;
using Parley.Learning.Feedback;
using Parley.Learning.Grammar;
using Parley.Lexicon;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Server.Learning;

/// <summary>The coach of a server's conversations, with the engines that are installed; loaded when the first turn is to be looked at.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConversationCoach : ITurnCoach
{
    private readonly TurnCoach _coach;

    public ConversationCoach(PronunciationJudge pronunciation, Lazy<Corrector> corrector, Lazy<IWordClasses?> lexicon, LearnerRecords records, TimeProvider time)
    {
        var journal = new Lazy<LearnerJournal?>(() => records is { Store: { } store, Memories: { } memories, Reviews: { } reviews } ? new LearnerJournal(store, memories, reviews, time, lexicon.Value) : null);
        var coherence = new Lazy<CoherenceJudge>(() => new CoherenceJudge(records.Embedder.Configured ?? CoachEmbedder.BuiltIn));
        _coach = new TurnCoach(() => pronunciation.Assessor, () => corrector.Value, () => coherence.Value, () => journal.Value);
    }

    public void Expect(SpokenTurn turn) => _coach.Expect(turn);

    public IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, CancellationToken cancellationToken) => _coach.CoachAsync(turn, cancellationToken);

    public Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken) => _coach.AcknowledgeAsync(learnerId, ack, cancellationToken);
}
