using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Learning.Discourse;
using Parley.Learning.Feedback;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Models;
using Parley.Lexicon;
using Parley.Policy;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Server.Learning;

/// <summary>The coach of a server's conversations, with the engines that are installed; loaded when the first turn is to be looked at.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConversationCoach : ITurnCoach
{
    private readonly TurnCoach _coach;

    public ConversationCoach(
        PronunciationJudge pronunciation, Lazy<Corrector> corrector, Lazy<IWordClasses?> lexicon, LearnerRecords records, EngineCatalog engines, PolicyOptions policy, ModelCorrectorOptions asking,
        TimeProvider time)
    {
        var journal = new Lazy<LearnerJournal?>(() => records is { Store: { } store, Memories: { } memories, Reviews: { } reviews } ? new LearnerJournal(store, memories, reviews, time, lexicon.Value) : null);
        var coherence = new Lazy<CoherenceJudge>(() => new CoherenceJudge(records.Embedder.Configured ?? CoachEmbedder.BuiltIn));
        var explainer = asking.Model is { } name ? new TurnExplainer(turn => ModelFor(turn, name, engines, policy), asking, time) : null;
        _coach = new TurnCoach(() => pronunciation.Assessor, () => corrector.Value, () => coherence.Value, () => journal.Value, explainer);
    }

    public void Expect(SpokenTurn turn) => _coach.Expect(turn);

    public IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, CancellationToken cancellationToken) => _coach.CoachAsync(turn, cancellationToken);

    public Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken) => _coach.AcknowledgeAsync(learnerId, ack, cancellationToken);

    /// <summary>The model, where the learner's text may go to it.</summary>
    private static async ValueTask<IChatClient?> ModelFor(SpokenTurn turn, string name, EngineCatalog engines, PolicyOptions policy)
    {
        var isAllowed = !policy.TextNeedsConsent || turn.Config.Consent?.CloudAudio == true || engines.Describe(VoiceStage.Reply).Any(e => e.Name == name && e.Attributes.Local);
        // On the pool: an engine is created when it is first asked for.
        return isAllowed ? await Task.Run(() => engines.SelectReply(name).Main) : null;
    }
}
