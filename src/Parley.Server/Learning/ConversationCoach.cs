using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Learning.Discourse;
using Parley.Learning.Feedback;
using Parley.Learning.Grammar;
using Parley.Learning.Pronunciation;
using Parley.Lexicon;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Server.Learning;

/// <summary>The coach of a server's conversations, with the engines that are installed; loaded when the first turn is to be looked at.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConversationCoach : ITurnCoach, IDisposable
{
    private readonly Lazy<IPhoneAligner?> _aligner;
    private readonly TurnCoach _coach;

    public ConversationCoach(EngineRegistration<IPhoneAligner> aligner, Lazy<Corrector> corrector, Lazy<IWordClasses?> lexicon, LearnerRecords records, TimeProvider time)
    {
        _aligner = new Lazy<IPhoneAligner?>(() => aligner.Probe().Available ? aligner.Create() : null);
        var assessor = new Lazy<PronunciationAssessor?>(() => _aligner.Value is { } found ? new PronunciationAssessor(found) : null);
        var journal = new Lazy<LearnerJournal?>(() => records is { Store: { } store, Memories: { } memories, Reviews: { } reviews } ? new LearnerJournal(store, memories, reviews, time, lexicon.Value) : null);
        var coherence = new Lazy<CoherenceJudge>(() => new CoherenceJudge(records.Embedder.Configured ?? CoachEmbedder.BuiltIn));
        _coach = new TurnCoach(() => assessor.Value, () => corrector.Value, () => coherence.Value, () => journal.Value);
    }

    public void Expect(SpokenTurn turn) => _coach.Expect(turn);

    public IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, CancellationToken cancellationToken) => _coach.CoachAsync(turn, cancellationToken);

    public Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken) => _coach.AcknowledgeAsync(learnerId, ack, cancellationToken);

    public void Dispose()
    {
        if (_aligner is { IsValueCreated: true, Value: IDisposable aligner }) { aligner.Dispose(); }
    }
}
