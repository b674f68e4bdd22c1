using System.Text;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Review;
using Parley.Sqlite.Learners;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Learning.Tests.Learners;

public sealed class SqliteLearnerStoreTests : IAsyncDisposable
{
    private readonly LearnerFolder _folder = new();
    private readonly LearnerDatabase _database;
    private readonly SqliteLearnerStore _store;
    private readonly VirtualClock _clock = new();

    public SqliteLearnerStoreTests() => (_database, _store) = Open();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Save_Learner_IsFoundAndReplaced()
    {
        var learner = new Learner("li", _clock.GetUtcNow()) { FirstLanguage = "zh-CN", Level = CefrLevel.B1 };
        await _store.SaveAsync(learner, Cancelled);
        Assert.Equal(learner, await _store.FindAsync("li", Cancelled));
        await _store.SaveAsync(learner with { Level = null }, Cancelled);
        Assert.Null((await _store.FindAsync("li", Cancelled))?.Level);
        Assert.Null(await _store.FindAsync("nobody", Cancelled));
    }

    [Fact]
    public async Task Add_TurnOfSomebodyNew_IntroducesThem()
    {
        await _store.AddAsync(Turn("li", "t1"), Cancelled);
        Assert.Equal(new Learner("li", _clock.GetUtcNow()), await _store.FindAsync("li", Cancelled));
    }

    [Fact]
    public async Task Add_Turn_GivesBackWhatWasFoundInIt()
    {
        var turn = Turn("li", "t1");
        await _store.AddAsync(turn, Cancelled);
        var found = Assert.Single(await _store.TurnsAsync("li", cancellationToken: Cancelled));
        Assert.Equal((turn.Text, turn.Speech, turn.Scores, turn.At), (found.Text, found.Speech, found.Scores, found.At));
        Assert.Equal([turn.Mistakes[0] with { At = turn.At }], await _store.MistakesAsync("li", cancellationToken: Cancelled));
        Assert.Equal(
            [new("go", 2, 1, 70, turn.At, turn.At), new("yesterday", 1, 1, null, turn.At, turn.At)], await _store.WordsAsync("li", Cancelled));
        Assert.Equal([new("AY", 1, 90), new("G", 2, 55)], await _store.PhonesAsync("li", Cancelled));
    }

    [Fact]
    public async Task Add_SameTurnAgain_ReplacesIt()
    {
        await _store.AddAsync(Turn("li", "t1"), Cancelled);
        await _store.AddAsync(Turn("li", "t1") with { Mistakes = [], Text = "I went." }, Cancelled);
        Assert.Equal("I went.", Assert.Single(await _store.TurnsAsync("li", cancellationToken: Cancelled)).Text);
        Assert.Empty(await _store.MistakesAsync("li", cancellationToken: Cancelled));
        Assert.Equal(2, (await _store.WordsAsync("li", Cancelled))[0].Uses);
    }

    [Fact]
    public async Task Turns_SinceAndLimit_AreTheNewest()
    {
        for (var i = 0; i < 5; i++) { await _store.AddAsync(Turn("li", $"t{i}") with { At = _clock.GetUtcNow() + TimeSpan.FromMinutes(i) }, Cancelled); }
        await _store.AddAsync(Turn("other", "t9"), Cancelled);
        Assert.Equal(["t4", "t3"], (await _store.TurnsAsync("li", limit: 2, cancellationToken: Cancelled)).Select(t => t.TurnId));
        Assert.Equal(["t4"], (await _store.TurnsAsync("li", _clock.GetUtcNow() + TimeSpan.FromMinutes(3), cancellationToken: Cancelled)).Select(t => t.TurnId));
    }

    [Fact]
    public async Task Mistakes_OfOneKind_AreThose()
    {
        await _store.AddAsync(Turn("li", "t1"), Cancelled);
        Assert.Single(await _store.MistakesAsync("li", MistakeKind.Grammar, cancellationToken: Cancelled));
        Assert.Empty(await _store.MistakesAsync("li", MistakeKind.Pronunciation, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Reviews_Due_AreInTheirOrder()
    {
        var now = _clock.GetUtcNow();
        await _store.SaveAsync(Item("b", now + TimeSpan.FromDays(1)), Cancelled);
        await _store.SaveAsync(Item("a", now) with { Reviews = 3, Lapses = 1 }, Cancelled);
        await _store.SaveAsync(Item("c", now + TimeSpan.FromDays(9)), Cancelled);
        Assert.Equal(["a", "b"], (await _store.ReviewsAsync("li", now + TimeSpan.FromDays(2), cancellationToken: Cancelled)).Select(i => i.Id));
        Assert.Equal(Item("a", now) with { Reviews = 3, Lapses = 1 }, await _store.FindReviewAsync("li", "a", Cancelled));
        Assert.True(await _store.DeleteReviewAsync("li", "a", Cancelled));
        Assert.False(await _store.DeleteReviewAsync("li", "a", Cancelled));
        Assert.Null(await _store.FindReviewAsync("other", "b", Cancelled));
    }

    [Fact]
    public async Task Save_Facts_AreKeptByKindAndReplacedByName()
    {
        var now = _clock.GetUtcNow();
        LearnerFact like = new("like-1", FactKind.Like, "tea", "I like tea.", now), name = new("name", FactKind.Name, "Li", "My name is Li.", now);
        await _store.SaveAsync("li", [like, name], Cancelled);
        await _store.SaveAsync("li", [name with { Value = "Lily" }, new("like-2", FactKind.Like, "films", "I like films.", now.AddHours(1))], Cancelled);
        Assert.Equal(["Lily", "films", "tea"], (await _store.FactsAsync("li", Cancelled)).Select(f => f.Value));
        Assert.Empty(await _store.FactsAsync("other", Cancelled));
        Assert.True(await _store.DeleteFactAsync("li", "like-1", Cancelled));
        Assert.False(await _store.DeleteFactAsync("li", "like-1", Cancelled));
    }

    [Fact]
    public async Task Delete_Learner_LeavesNothingInTheFiles()
    {
        await _store.SaveAsync("li", [new("like-1", FactKind.Like, "secret tea", "I like secret tea.", _clock.GetUtcNow())], Cancelled);
        await _store.AddAsync(Turn("li", "t1") with { Text = "my secret garden" }, Cancelled);
        await _store.SaveAsync(Item("a", _clock.GetUtcNow()) with { Prompt = "a secret prompt" }, Cancelled);
        await _store.AddAsync(Turn("other", "t1"), Cancelled);
        Assert.True(await _store.DeleteAsync("li", Cancelled));
        Assert.False(await _store.DeleteAsync("li", Cancelled));
        Assert.Empty(await _store.WordsAsync("li", Cancelled));
        Assert.Empty(await _store.FactsAsync("li", Cancelled));
        Assert.Empty(await _store.ReviewsAsync("li", cancellationToken: Cancelled));
        Assert.Single(await _store.TurnsAsync("other", cancellationToken: Cancelled));
        var folder = Path.GetDirectoryName(_folder.Database)!;
        Assert.All(_folder.Files, file => Assert.DoesNotContain("secret", Encoding.Latin1.GetString(Read(Path.Combine(folder, file))), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_ManyAtOnce_KeepsThemAll()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => await _store.AddAsync(Turn("li", $"t{i}"), Cancelled), Cancelled)));
        Assert.Equal(40, (await _store.TurnsAsync("li", cancellationToken: Cancelled)).Count);
    }

    [Fact]
    public async Task Add_Cancelled_ThrowsAndTheStoreGoesOn()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.AddAsync(Turn("li", "t1"), cancelled.Token));
        await _store.AddAsync(Turn("li", "t2"), Cancelled);
        Assert.Equal("t2", Assert.Single(await _store.TurnsAsync("li", cancellationToken: Cancelled)).TurnId);
    }

    [Fact]
    public async Task Open_Again_FindsWhatWasStored()
    {
        await _store.AddAsync(Turn("li", "t1"), Cancelled);
        await _database.DisposeAsync();
        await using var database = _folder.Open();
        var again = new SqliteLearnerStore(database);
        Assert.Single(await again.TurnsAsync("li", cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData(0)] // the header: no database at all
    [InlineData(4096)] // a page in the middle
    public async Task Open_Damaged_PutsItAsideAndBeginsAnew(int at)
    {
        for (var i = 0; i < 50; i++) { await _store.AddAsync(Turn("li", $"t{i}"), Cancelled); }
        await _database.DisposeAsync();
        await using (var file = File.OpenWrite(_folder.Database))
        {
            file.Position = at;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 8192).ToArray(), Cancelled);
        }
        await using var database = _folder.Open(_clock);
        var again = new SqliteLearnerStore(database);
        Assert.Empty(await again.TurnsAsync("li", cancellationToken: Cancelled));
        await again.AddAsync(Turn("li", "t1"), Cancelled);
        Assert.Contains(_folder.Files, file => file.StartsWith("learners.db.damaged-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_OfANewerVersion_IsRefusedAndLeftAlone()
    {
        await _database.DisposeAsync();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            await connection.OpenAsync(Cancelled);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(Cancelled);
        }
        var error = Assert.Throws<StoreException>(() => _folder.Open());
        Assert.Contains("newer Parley", error.Message, StringComparison.Ordinal);
        Assert.Contains("Parley:Learners:Path", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Files, file => file.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_AfterTheDatabaseWasClosed_IsRefused()
    {
        await _database.DisposeAsync();
        var error = await Assert.ThrowsAsync<StoreException>(async () => await _store.AddAsync(Turn("li", "t1"), Cancelled));
        Assert.Contains("closed", error.Message, StringComparison.Ordinal);
    }

    private (LearnerDatabase Database, SqliteLearnerStore Store) Open()
    {
        var database = _folder.Open(_clock);
        return (database, new SqliteLearnerStore(database));
    }

    private LearnerTurn Turn(string learner, string turn) => new(learner, "s1", turn, _clock.GetUtcNow(), "Yesterday I go go.")
    {
        Speech = TimeSpan.FromSeconds(2),
        Scores = new TurnScores(71, 72, 73, 74),
        Mistakes = [new("m1", MistakeKind.Grammar, "past-with-yesterday", "go", "went", "Yesterday I go go.") { Corrected = "Yesterday I went." }],
        Words = [new("yesterday"), new("go", 60, IsRight: false), new("go", 80)],
        Phones = [new("G", 50), new("G", 60), new("AY", 90)],
    };

    private static ReviewItem Item(string id, DateTimeOffset due) =>
        new(id, "li", ReviewDrill.FillTheGap, "Yesterday I ____.", "Yesterday I went.", "past-with-yesterday", new ReviewSchedule(due) { Phase = ReviewPhase.Review, Stability = 3.25, Difficulty = 5.5, LastReview = due });

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
