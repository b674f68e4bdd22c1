using Parley.Learning.Facts;
using Parley.Learning.Review;

namespace Parley.Learning.Learners;

/// <summary>Keeps what is known of learners beyond the conversation.</summary>
/// <remarks>
/// Thread-safe; used beside the audio path and by the REST interface. Every failure is a <see cref="Timeline.StoreException"/>, whose message never holds what was said;
/// nothing is half written then. A learner that is not there has no turns, mistakes, words or reviews.
/// </remarks>
public interface ILearnerStore
{
    /// <summary>The learner; null if there is none with that id.</summary>
    ValueTask<Learner?> FindAsync(string learnerId, CancellationToken cancellationToken = default);

    /// <summary>Adds a learner, or replaces what is known of one; their turns stay.</summary>
    ValueTask SaveAsync(Learner learner, CancellationToken cancellationToken = default);

    /// <summary>Adds a turn, with its mistakes, words and sounds, and its learner where that is new. One that is there already is replaced.</summary>
    ValueTask AddAsync(LearnerTurn turn, CancellationToken cancellationToken = default);

    /// <summary>A learner's turns, the newest first, without words and sounds.</summary>
    /// <param name="learnerId">Whose.</param>
    /// <param name="since">Only later ones.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<LearnerTurn>> TurnsAsync(string learnerId, DateTimeOffset? since = null, int limit = 1_000, CancellationToken cancellationToken = default);

    /// <summary>A learner's mistakes, the newest first.</summary>
    ValueTask<IReadOnlyList<Mistake>> MistakesAsync(string learnerId, MistakeKind? kind = null, int limit = 1_000, CancellationToken cancellationToken = default);

    /// <summary>The words that a learner has used, the most used first.</summary>
    ValueTask<IReadOnlyList<WordRecord>> WordsAsync(string learnerId, CancellationToken cancellationToken = default);

    /// <summary>The sounds that a learner has made, in no order.</summary>
    ValueTask<IReadOnlyList<PhoneRecord>> PhonesAsync(string learnerId, CancellationToken cancellationToken = default);

    /// <summary>A learner's review items, the one that is due first at the front.</summary>
    /// <param name="learnerId">Whose.</param>
    /// <param name="due">Only those that are due by then.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<ReviewItem>> ReviewsAsync(string learnerId, DateTimeOffset? due = null, int limit = 1_000, CancellationToken cancellationToken = default);

    /// <summary>One review item; null if the learner has none with that id.</summary>
    ValueTask<ReviewItem?> FindReviewAsync(string learnerId, string itemId, CancellationToken cancellationToken = default);

    /// <summary>Adds a review item, or replaces the one with its id.</summary>
    ValueTask SaveAsync(ReviewItem item, CancellationToken cancellationToken = default);

    /// <summary>Deletes a review item.</summary>
    /// <returns>False: there was none.</returns>
    ValueTask<bool> DeleteReviewAsync(string learnerId, string itemId, CancellationToken cancellationToken = default);

    /// <summary>What a learner said of themselves: kind by kind, the newest first.</summary>
    ValueTask<IReadOnlyList<LearnerFact>> FactsAsync(string learnerId, CancellationToken cancellationToken = default);

    /// <summary>Adds facts, or replaces those with the same ids.</summary>
    ValueTask SaveAsync(string learnerId, IReadOnlyList<LearnerFact> facts, CancellationToken cancellationToken = default);

    /// <summary>Deletes a fact.</summary>
    /// <returns>False: there was none.</returns>
    ValueTask<bool> DeleteFactAsync(string learnerId, string factId, CancellationToken cancellationToken = default);

    /// <summary>Deletes a learner with all that is known of them, so that nothing of it is left in what the store keeps.</summary>
    /// <returns>False: there was none.</returns>
    ValueTask<bool> DeleteAsync(string learnerId, CancellationToken cancellationToken = default);
}

/// <summary>How often a learner has used a word, and how well.</summary>
/// <param name="Lemma">Its base form.</param>
/// <param name="Uses">How often.</param>
/// <param name="RightUses">How often no correction touched it.</param>
/// <param name="Accuracy">How well it was pronounced at the mean, 0 to 100; null where that was never judged.</param>
/// <param name="First">The first time.</param>
/// <param name="Last">The last time.</param>
public sealed record WordRecord(string Lemma, int Uses, int RightUses, double? Accuracy, DateTimeOffset First, DateTimeOffset Last);

/// <summary>How well a learner makes a sound.</summary>
/// <param name="Phone">In ARPAbet, without stress.</param>
/// <param name="Uses">How often it was judged.</param>
/// <param name="Score">At the mean, 0 to 100.</param>
public sealed record PhoneRecord(string Phone, int Uses, double Score);
