using Parley.Learning.Pronunciation;
using Parley.Learning.Review;

namespace Parley.Learning.Tests.Review;

public sealed class SpokenAttemptTests
{
    [Fact]
    public void Of_GapWordSaid_IsRight()
    {
        var attempt = Attempt(ReviewDrill.FillTheGap, "Yesterday I ____ to the cinema.", "Yesterday I went to the cinema.");
        Assert.Equal((true, Rating.Easy), (attempt.IsRight, attempt.Rating));
        Assert.Empty(attempt.Missing);
    }

    [Fact]
    public void Of_GapWordNotSaid_IsForgotten()
    {
        var attempt = Attempt(ReviewDrill.FillTheGap, "Yesterday I ____ to the cinema.", "Yesterday I went to the cinema.", missing: "went");
        Assert.Equal((false, Rating.Again), (attempt.IsRight, attempt.Rating));
        Assert.Equal(["went"], attempt.Missing);
    }

    [Fact]
    public void Of_WordThatWasShownNotSaid_IsForgiven() =>
        Assert.True(Attempt(ReviewDrill.FillTheGap, "Yesterday I ____ to the cinema.", "Yesterday I went to the cinema.", missing: "the").IsRight);

    [Fact]
    public void Of_SayItAgainWithoutTheChangedWord_IsForgotten() =>
        Assert.False(Attempt(ReviewDrill.SayItAgain, "Yesterday I go to the cinema.", "Yesterday I went to the cinema.", missing: "went").IsRight);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Of_WordTooMany_MayNotBeHeard(bool isHeard, bool isRight) =>
        Assert.Equal(isRight, Attempt(ReviewDrill.SayItAgain, "We discuss about films.", "We discuss films.", inserted: isHeard).IsRight);

    [Fact]
    public void Of_Shadow_WantsEveryWord()
    {
        Assert.True(Attempt(ReviewDrill.Shadow, "I think so.", "I think so.").IsRight);
        Assert.False(Attempt(ReviewDrill.Shadow, "I think so.", "I think so.", missing: "think").IsRight);
    }

    [Theory]
    [InlineData(90.0, 500, 1, Rating.Easy)]
    [InlineData(90.0, 2_000, 1, Rating.Good)]
    [InlineData(90.0, 4_000, 1, Rating.Hard)]
    [InlineData(90.0, 500, 2, Rating.Hard)]
    [InlineData(40.0, 500, 1, Rating.Again)]
    public void Of_RightWords_AreGradedByHowTheyCame(double accuracy, int firstMs, int tries, Rating rating)
    {
        var assessment = Read("I think so.", accuracy: accuracy, firstMs: firstMs);
        Assert.Equal(rating, SpokenAttempt.Of(Item(ReviewDrill.Shadow, "I think so.", "I think so."), assessment, tries: tries).Rating);
    }

    [Fact]
    public void Of_HesitationThatWasTold_CountsInsteadOfTheRecordings() => Assert.Equal(
        Rating.Hard, SpokenAttempt.Of(Item(ReviewDrill.Shadow, "I think so.", "I think so."), Read("I think so."), TimeSpan.FromSeconds(5)).Rating);

    private static SpokenAttempt Attempt(ReviewDrill drill, string prompt, string answer, string? missing = null, bool inserted = false) =>
        SpokenAttempt.Of(Item(drill, prompt, answer), Read(answer, missing, inserted));

    private static ReviewItem Item(ReviewDrill drill, string prompt, string answer) => new("r1", "li", drill, prompt, answer, "rule", new ReviewSchedule(DateTimeOffset.UnixEpoch));

    private static Assessment Read(string text, string? missing = null, bool inserted = false, double accuracy = 90, int firstMs = 300)
    {
        AssessedWord[] words = [.. ReadingText.Words(text).Select((w, i) => new AssessedWord(
            w, accuracy, null, w.TrimEnd('.') == missing ? WordError.Omission : WordError.None, firstMs + 300 * i, firstMs + 300 * (i + 1), []))];
        return new Assessment(accuracy, accuracy, accuracy, accuracy, 100.0 * words.Count(w => w.Error != WordError.Omission) / words.Length, 0.9, false, words, inserted ? [new AssessedInsertion(null, 1, 900, 1_200)] : []);
    }
}
