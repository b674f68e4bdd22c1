using System.Security.Cryptography;
using System.Text;
using Parley.Learning.Learners;
using Parley.Learning.Pronunciation;

namespace Parley.Learning.Review;

/// <summary>Makes review items of mistakes, and moves them on when they were reviewed.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="store">Where items are kept.</param>
/// <param name="scheduler">Says when they come again.</param>
/// <param name="time">The clock.</param>
public sealed class ReviewDesk(ILearnerStore store, FsrsScheduler scheduler, TimeProvider time)
{
    private const int IdLength = 16;

    private const string Gap = "____";

    private const int MostDue = 100;

    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(2);

    /// <summary>The items of a mistake; none where it is not known what would have been right. They are due at once.</summary>
    /// <remarks>The same mistake in the same sentence makes the same items, so a habit does not fill the queue.</remarks>
    public IReadOnlyList<ReviewItem> Make(string learnerId, Mistake mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        var answer = mistake.Corrected ?? mistake.Right;
        if (string.IsNullOrWhiteSpace(answer)) { return []; }
        if (mistake.Kind == MistakeKind.Pronunciation) { return [Item(ReviewDrill.Shadow, answer)]; }
        var at = mistake.Corrected is { } corrected && mistake.Right.Length > 0 ? corrected.IndexOf(mistake.Right, StringComparison.Ordinal) : -1;
        return at < 0
            ? [Item(ReviewDrill.SayItAgain, mistake.Sentence)]
            : [Item(ReviewDrill.SayItAgain, mistake.Sentence), Item(ReviewDrill.FillTheGap, string.Concat(answer.AsSpan(0, at), Gap, answer.AsSpan(at + mistake.Right.Length)))];

        ReviewItem Item(ReviewDrill drill, string prompt) =>
            new(IdOf(drill, mistake.Rule, answer), learnerId, drill, prompt, answer, mistake.Rule, new ReviewSchedule(time.GetUtcNow()));
    }

    /// <summary>Keeps the items of a mistake; one that is there already was not remembered, and comes again soon.</summary>
    /// <exception cref="Timeline.StoreException">The store cannot be read or written.</exception>
    public async Task AddAsync(string learnerId, Mistake mistake, CancellationToken cancellationToken = default)
    {
        foreach (var item in Make(learnerId, mistake))
        {
            var known = await store.FindReviewAsync(learnerId, item.Id, cancellationToken);
            await store.SaveAsync(known is { Reviews: > 0 } ? Move(known, Rating.Again) : item, cancellationToken);
        }
    }

    /// <summary>The item was reviewed.</summary>
    /// <returns>The item with its new schedule; null if the learner has none with that id.</returns>
    /// <exception cref="Timeline.StoreException">The store cannot be read or written.</exception>
    public async Task<ReviewItem?> ReviewAsync(string learnerId, string itemId, Rating rating, CancellationToken cancellationToken = default)
    {
        if (await store.FindReviewAsync(learnerId, itemId, cancellationToken) is not { } item) { return null; }
        var moved = Move(item, rating);
        await store.SaveAsync(moved, cancellationToken);
        return moved;
    }

    /// <summary>What a learner says in a conversation may be what they were to review: then it was remembered.</summary>
    /// <param name="learnerId">Who.</param>
    /// <param name="text">What they said, as it is right.</param>
    /// <param name="accuracy">How well it was pronounced, 0 to 100; null where that was not judged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Timeline.StoreException">The store cannot be read or written.</exception>
    public async Task RecogniseAsync(string learnerId, string text, double? accuracy, CancellationToken cancellationToken = default)
    {
        var said = Spoken(text);
        foreach (var item in await store.ReviewsAsync(learnerId, time.GetUtcNow(), MostDue, cancellationToken))
        {
            // It came up by itself: neither hesitation nor tries are known.
            if (said.Contains(Spoken(item.Answer), StringComparison.Ordinal)) { await ReviewAsync(learnerId, item.Id, new SpokenGrade(IsRight: true, accuracy, s_moment).Rating, cancellationToken); }
        }
    }

    /// <summary>The words between spaces, so that one is only found whole.</summary>
    private static string Spoken(string text) => $" {string.Join(' ', ReadingText.Words(text).Select(w => w.Trim('.', ',', '!', '?', ';', ':', '"', '(', ')').ToLowerInvariant()))} ";

    private ReviewItem Move(ReviewItem item, Rating rating) => item with
    {
        Schedule = scheduler.Review(item.Schedule, rating, time.GetUtcNow()),
        Reviews = item.Reviews + 1,
        Lapses = item.Lapses + (item.Schedule.Phase == ReviewPhase.Review && rating == Rating.Again ? 1 : 0),
    };

    private static string IdOf(ReviewDrill drill, string rule, string answer) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{drill}\n{rule}\n{answer}")))[..IdLength];
}
