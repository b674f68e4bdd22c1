using Parley.Learning.Learners;
using Parley.Learning.Review;
using Parley.Learning.Tests.Learners;
using Parley.Sqlite.Learners;
using Parley.Time;

namespace Parley.Learning.Tests.Review;

public sealed class ReviewDeskTests : IAsyncDisposable
{
    private static readonly Mistake s_mistake = new("m1", MistakeKind.Grammar, "discuss-about", "discuss about", "discuss", "We discuss about films.") { Corrected = "We discuss films." };

    private readonly LearnerFolder _folder = new();
    private readonly VirtualClock _clock = new();
    private readonly LearnerDatabase _database;
    private readonly SqliteLearnerStore _store;

    public ReviewDeskTests()
    {
        _database = _folder.Open(_clock);
        _store = new SqliteLearnerStore(_database);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ReviewDesk Desk => new(_store, new FsrsScheduler(), _clock);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Make_Grammar_IsSaidAgainAndFilledIn()
    {
        var items = Desk.Make("li", s_mistake);
        Assert.Equal([(ReviewDrill.SayItAgain, "We discuss about films."), (ReviewDrill.FillTheGap, "We ____ films.")], items.Select(i => (i.Drill, i.Prompt)));
        Assert.All(items, i => Assert.Equal(("We discuss films.", "discuss-about", _clock.GetUtcNow()), (i.Answer, i.Rule, i.Schedule.Due)));
    }

    [Fact]
    public void Make_Pronunciation_IsShadowed() =>
        Assert.Equal(ReviewDrill.Shadow, Assert.Single(Desk.Make("li", new Mistake("m2", MistakeKind.Pronunciation, "TH", "think", "think", "I think so."))).Drill);

    [Fact]
    public void Make_NothingRightKnown_IsNothing() => Assert.Empty(Desk.Make("li", s_mistake with { Corrected = null, Right = "" }));

    [Fact]
    public async Task Add_SameMistakeAgainAfterItWasLearnt_ComesAgainSoon()
    {
        await Desk.AddAsync("li", s_mistake, Cancelled);
        var item = (await _store.ReviewsAsync("li", cancellationToken: Cancelled))[0];
        var known = await Desk.ReviewAsync("li", item.Id, Rating.Easy, Cancelled);
        Assert.True(known!.Schedule.Due > _clock.GetUtcNow() + TimeSpan.FromDays(1));

        await Desk.AddAsync("li", s_mistake with { Id = "m9" }, Cancelled);
        var again = await _store.FindReviewAsync("li", item.Id, Cancelled);
        Assert.Equal((ReviewPhase.Relearning, 2, 1), (again!.Schedule.Phase, again.Reviews, again.Lapses));
        Assert.Equal(2, (await _store.ReviewsAsync("li", cancellationToken: Cancelled)).Count);
    }

    [Fact]
    public async Task Review_UnknownItem_IsNull() => Assert.Null(await Desk.ReviewAsync("li", "nothing", Rating.Good, Cancelled));

    [Theory]
    [InlineData("Well, we discuss films every day!", null, true)]
    [InlineData("we discuss films", 30.0, true)]
    [InlineData("We discuss filmstars.", null, false)]
    [InlineData("We talk of films.", null, false)]
    public async Task Recognise_TheAnswerInAConversation_IsAReview(string said, double? accuracy, bool isReviewed)
    {
        await Desk.AddAsync("li", s_mistake, Cancelled);
        await Desk.RecogniseAsync("li", said, accuracy, Cancelled);
        Assert.All(await _store.ReviewsAsync("li", cancellationToken: Cancelled), item => Assert.Equal(isReviewed, item.Reviews == 1));
    }

    [Theory]
    [InlineData(false, 95.0, 0.5, 1, Rating.Again)]
    [InlineData(true, 40.0, 0.5, 1, Rating.Again)]
    [InlineData(true, 90.0, 0.5, 2, Rating.Hard)]
    [InlineData(true, 90.0, 4.0, 1, Rating.Hard)]
    [InlineData(true, 70.0, 0.5, 1, Rating.Good)]
    [InlineData(true, 90.0, 2.0, 1, Rating.Good)]
    [InlineData(true, 90.0, 0.5, 1, Rating.Easy)]
    [InlineData(true, null, 0.5, 1, Rating.Easy)]
    public void Grade_OfAnAnswer_IsItsRating(bool isRight, double? accuracy, double hesitation, int tries, Rating rating) =>
        Assert.Equal(rating, new SpokenGrade(isRight, accuracy, TimeSpan.FromSeconds(hesitation), tries).Rating);
}
