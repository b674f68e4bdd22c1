using Parley.Learning.Review;

namespace Parley.Learning.Tests.Review;

/// <summary>The expected figures are those of the reference implementation (open-spaced-repetition/py-fsrs 6).</summary>
public sealed class FsrsSchedulerTests
{
    private static readonly DateTimeOffset s_begin = new(2022, 11, 29, 12, 30, 0, TimeSpan.Zero);

    private readonly FsrsScheduler _scheduler = new(new FsrsOptions { MaxIntervalDays = 36_500 });

    [Fact]
    public void Review_ReviewedWhenDue_HasTheReferencesIntervals()
    {
        Rating[] ratings = [.. Enumerable.Repeat(Rating.Good, 6), Rating.Again, Rating.Again, .. Enumerable.Repeat(Rating.Good, 5)];
        var item = new ReviewSchedule(s_begin);
        var days = new List<int>();
        foreach (var rating in ratings)
        {
            var now = item.Due;
            item = _scheduler.Review(item, rating, now);
            days.Add((item.Due - now).Days);
        }
        Assert.Equal([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21], days);
    }

    [Fact]
    public void Review_ReviewedAtSetIntervals_HasTheReferencesMemory()
    {
        (int Days, Rating Rating, double Stability, double Difficulty)[] reviews =
        [
            (0, Rating.Again, 0.212, 6.4133), (0, Rating.Good, 0.2466892, 6.4021151), (1, Rating.Good, 2.0214773, 6.3909413), (3, Rating.Good, 7.8636988, 6.3797788),
            (8, Rating.Good, 21.9177132, 6.3686273), (21, Rating.Good, 53.6269029, 6.3574871), (0, Rating.Good, 53.6269029, 6.3463580),
        ];
        var (item, now) = (new ReviewSchedule(s_begin), s_begin);
        foreach (var (days, rating, stability, difficulty) in reviews)
        {
            now += TimeSpan.FromDays(days);
            item = _scheduler.Review(item, rating, now);
            Assert.Equal(stability, item.Stability, 1e-6);
            Assert.Equal(difficulty, item.Difficulty, 1e-6);
        }
    }

    [Theory]
    [InlineData(Rating.Again, 60, ReviewPhase.Learning)]
    [InlineData(Rating.Hard, 330, ReviewPhase.Learning)]
    [InlineData(Rating.Good, 600, ReviewPhase.Learning)]
    [InlineData(Rating.Easy, 8 * 86_400, ReviewPhase.Review)]
    public void Review_NewItem_ComesAgainByItsSteps(Rating rating, int seconds, ReviewPhase phase)
    {
        var item = _scheduler.Review(new ReviewSchedule(s_begin), rating, s_begin);
        Assert.Equal(phase, item.Phase);
        Assert.Equal(TimeSpan.FromSeconds(seconds), item.Due - s_begin);
    }

    [Fact]
    public void Review_ForgottenThenKnown_IsRelearnt()
    {
        var known = _scheduler.Review(new ReviewSchedule(s_begin), Rating.Easy, s_begin);
        var forgotten = _scheduler.Review(known, Rating.Again, known.Due);
        Assert.Equal((ReviewPhase.Relearning, TimeSpan.FromMinutes(10)), (forgotten.Phase, forgotten.Due - known.Due));
        Assert.True(forgotten.Stability < known.Stability);
        var relearnt = _scheduler.Review(forgotten, Rating.Good, forgotten.Due);
        Assert.Equal(ReviewPhase.Review, relearnt.Phase);
        Assert.True(relearnt.Due - forgotten.Due >= TimeSpan.FromDays(1));
    }

    [Fact]
    public void Review_AlwaysEasy_NeverWaitsLongerThanTheLimit()
    {
        var scheduler = new FsrsScheduler(new FsrsOptions { MaxIntervalDays = 100 });
        var item = new ReviewSchedule(s_begin);
        for (var i = 0; i < 20; i++)
        {
            var now = item.Due;
            item = scheduler.Review(item, Rating.Easy, now);
            Assert.InRange((item.Due - now).TotalDays, 1, 100);
            Assert.InRange(item.Difficulty, 1, 10);
        }
    }

    [Fact]
    public void Review_MoreRetentionWanted_ComesEarlier()
    {
        var item = new ReviewSchedule(s_begin);
        var careful = new FsrsScheduler(new FsrsOptions { DesiredRetention = 0.95 }).Review(item, Rating.Easy, s_begin);
        Assert.True(careful.Due < _scheduler.Review(item, Rating.Easy, s_begin).Due);
    }

    [Fact]
    public void Retrievability_AfterAsManyDaysAsTheStability_IsNineTenths()
    {
        var item = new ReviewSchedule(s_begin) { Stability = 10, Difficulty = 5, LastReview = s_begin };
        Assert.Equal(0.9, FsrsScheduler.Retrievability(item, s_begin.AddDays(10)), 1e-12);
        Assert.Equal(1, FsrsScheduler.Retrievability(item, s_begin), 1e-12);
        Assert.Equal(0, FsrsScheduler.Retrievability(new ReviewSchedule(s_begin), s_begin));
    }

    [Fact]
    public void Retrievability_ClockSetBack_IsOne()
    {
        var item = new ReviewSchedule(s_begin) { Stability = 10, Difficulty = 5, LastReview = s_begin };
        Assert.Equal(1, FsrsScheduler.Retrievability(item, s_begin.AddDays(-3)), 1e-12);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void DesiredRetention_OutOfRange_IsRefused(double retention) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FsrsOptions { DesiredRetention = retention });
}
