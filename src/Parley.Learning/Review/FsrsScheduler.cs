namespace Parley.Learning.Review;

/// <summary>Spaced repetition by FSRS-6: says when an item comes again, from how well it was remembered.</summary>
/// <remarks>Immutable and thread-safe. Days are whole periods of 24 hours.</remarks>
public sealed class FsrsScheduler(FsrsOptions? options = null)
{
    private readonly FsrsOptions _options = options ?? new FsrsOptions();

    /// <summary>The schedule after a review.</summary>
    /// <param name="item">The schedule before it.</param>
    /// <param name="rating">How well it was remembered.</param>
    /// <param name="now">When it was reviewed; before the last review counts as at it.</param>
    public ReviewSchedule Review(ReviewSchedule item, Rating rating, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        var reviewed = Remember(item, rating, now) with { LastReview = now };
        var steps = reviewed.Phase switch
        {
            ReviewPhase.Learning => _options.LearningSteps,
            ReviewPhase.Review when rating == Rating.Again => _options.RelearningSteps,
            ReviewPhase.Relearning => _options.RelearningSteps,
            _ => [],
        };
        if (reviewed.Phase == ReviewPhase.Review && steps.Count > 0)
        {
            return reviewed with { Phase = ReviewPhase.Relearning, Step = 0, Due = now + steps[0] };
        }
        var step = rating switch { Rating.Again => 0, Rating.Hard => reviewed.Step, Rating.Good => reviewed.Step + 1, _ => steps.Count };
        return step < steps.Count
            ? reviewed with { Step = step, Due = now + Pause(steps, step, rating) }
            : reviewed with { Phase = ReviewPhase.Review, Step = 0, Due = now + TimeSpan.FromDays(Days(reviewed.Stability)) };
    }

    /// <summary>The probability that the item is remembered, 0 to 1; 0 before its first review.</summary>
    public static double Retrievability(ReviewSchedule item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.LastReview is { } last ? FsrsModel.Retrievability(item.Stability, DaysSince(last, now)) : 0;
    }

    private static ReviewSchedule Remember(ReviewSchedule item, Rating rating, DateTimeOffset now)
    {
        if (item.LastReview is not { } last)
        {
            return item with { Stability = FsrsModel.FirstStability(rating), Difficulty = FsrsModel.FirstDifficulty(rating) };
        }
        var days = DaysSince(last, now);
        return item with
        {
            Stability = days < 1
                ? FsrsModel.SameDayStability(item.Stability, rating)
                : FsrsModel.NextStability(item.Stability, item.Difficulty, FsrsModel.Retrievability(item.Stability, days), rating),
            Difficulty = FsrsModel.NextDifficulty(item.Difficulty, rating),
        };
    }

    /// <summary>A hard first step lies between it and the next.</summary>
    private static TimeSpan Pause(IReadOnlyList<TimeSpan> steps, int step, Rating rating) =>
        rating != Rating.Hard || step > 0 ? steps[step]
        : steps.Count == 1 ? steps[0] * 1.5
        : (steps[0] + steps[1]) / 2;

    private int Days(double stability) =>
        (int)Math.Clamp(Math.Round(FsrsModel.Interval(stability, _options.DesiredRetention)), 1, _options.MaxIntervalDays);

    private static int DaysSince(DateTimeOffset last, DateTimeOffset now) => Math.Max(0, (now - last).Days);
}
