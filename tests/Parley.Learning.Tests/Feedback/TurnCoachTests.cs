using Parley.Alignment;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Learning.Discourse;
using Parley.Learning.Feedback;
using Parley.Learning.Memory;
using Parley.Learning.Pronunciation;
using Parley.Learning.Review;
using Parley.Learning.Tests.Grammar;
using Parley.Learning.Tests.Learners;
using Parley.Learning.Tests.Memory;
using Parley.Sqlite.Learners;
using Parley.Testing.Simulated;
using Parley.Time;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Learning.Tests.Feedback;

/// <summary>The coach with the real rules and the real database; the aligner is simulated.</summary>
public sealed class TurnCoachTests : IAsyncDisposable
{
    private static readonly FeedbackConfig s_all = new() { Pronunciation = true, Grammar = true, Discourse = true };

    private readonly LearnerFolder _folder = new();
    private readonly VirtualClock _clock = new();
    private readonly LearnerDatabase _database;
    private readonly SqliteLearnerStore _store;
    private readonly LearnerMemories _memory;
    private readonly LearnerJournal _journal;

    public TurnCoachTests()
    {
        _database = _folder.Open(_clock);
        (_store, _memory) = (new SqliteLearnerStore(_database), new LearnerMemories(new EmbeddedMemory(new LexicalEmbeddings(), (space, _) => new(new SqliteVectorMemory(_database, space, _clock))), null, _clock));
        _journal = new LearnerJournal(_store, _memory, new ReviewDesk(_store, new FsrsScheduler(), _clock), _clock);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Coach_WrongSentence_TellsItsCorrectionAndKeepsIt()
    {
        var told = await CoachAsync(Turn("Yesterday I go to the cinema."));

        var delta = Assert.Single(told.OfType<FeedbackDelta>());
        Assert.Equal((FeedbackStage.Grammar, "go", "went"), (delta.Stage, delta.Item.Original, delta.Item.Correction));
        Assert.Equal("go", "Yesterday I go to the cinema."[delta.Item.Span[0]..delta.Item.Span[1]]);
        var final = Assert.IsType<FeedbackFinal>(told[^1]);
        Assert.Equal(delta.ItemId, Assert.Single(final.GrammarCorrections!).ItemId);
        Assert.Null(final.Pronunciation);
        Assert.Null(final.Degraded);
        Assert.Equal("Yesterday I went to the cinema.", Assert.Single(await _store.MistakesAsync("li", cancellationToken: Cancelled)).Corrected);
        Assert.Contains(await _store.ReviewsAsync("li", cancellationToken: Cancelled), r => r.Prompt == "Yesterday I ____ to the cinema.");
        Assert.Single(await _memory.ListAsync("li", Cancelled));
        Assert.False(Assert.Single(await _store.WordsAsync("li", Cancelled), w => w.Lemma == "go").RightUses > 0);
    }

    [Fact]
    public async Task Coach_SpokenTurn_JudgesItsPronunciation()
    {
        var turn = Spoken("I like green tea", Sounds());
        var final = Assert.IsType<FeedbackFinal>((await CoachAsync(turn, new SimulatedAligner()))[^1]);
        Assert.Equal(["I", "like", "green", "tea"], final.Pronunciation!.Words.Select(w => w.Text));
        Assert.Equal(4, final.Pronunciation.WordScores.Count);
        Assert.NotEmpty(await _store.PhonesAsync("li", Cancelled));
    }

    [Theory]
    [InlineData("i like green tea", 1)]
    [InlineData("I like green trees", 2)]
    public async Task Coach_ExpectedTurn_IsJudgedAnewOnlyWhereItsWordsAreOthers(string expected, int alignments)
    {
        var aligner = new CountingAligner();
        var coach = Coach(aligner);
        coach.Expect(Spoken(expected, Sounds()));
        await aligner.FirstIsOver.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);

        var final = Assert.IsType<FeedbackFinal>((await ListAsync(coach.CoachAsync(Spoken("I like green tea", Sounds()), Cancelled)))[^1]);

        Assert.Equal("tea", final.Pronunciation!.Words[^1].Text);
        Assert.Equal(alignments, aligner.Count);
    }

    [Fact]
    public async Task Coach_RulesFindSomething_TellsItWhileTheSoundsAreStillJudged()
    {
        var aligner = new HeldAligner();
        await using var told = Coach(aligner).CoachAsync(Spoken("Yesterday I go to the cinema", Sounds()), Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.True(await told.MoveNextAsync());
        Assert.Equal(FeedbackStage.Grammar, Assert.IsType<FeedbackDelta>(told.Current).Stage);
        var next = told.MoveNextAsync().AsTask();
        await aligner.IsAsked.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
        Assert.False(next.IsCompleted);
        aligner.Release();
        Assert.True(await next);
        while (told.Current is FeedbackDelta { Stage: FeedbackStage.Pronunciation }) { Assert.True(await told.MoveNextAsync()); }
        Assert.NotNull(Assert.IsType<FeedbackFinal>(told.Current).Pronunciation);
    }

    [Fact]
    public async Task Coach_Silence_IsNotJudgedAndNothingIsDegraded()
    {
        var final = Assert.IsType<FeedbackFinal>((await CoachAsync(Spoken("I like green tea", new short[32_000]), new SimulatedAligner()))[^1]);
        Assert.Null(final.Pronunciation);
        Assert.Null(final.Degraded);
    }

    [Fact]
    public async Task Coach_NothingInstalled_SaysWhatItDidWithout()
    {
        var coach = new TurnCoach(() => null, () => null, () => new CoherenceJudge(new LexicalEmbeddings()), () => null);
        var told = await ListAsync(coach.CoachAsync(Spoken("I like green tea", Sounds()), Cancelled));
        Assert.Equal([FeedbackStage.Pronunciation, FeedbackStage.Grammar], Assert.IsType<FeedbackFinal>(Assert.Single(told)).Degraded);
    }

    [Fact]
    public async Task Coach_CorrectorFails_IsDegradedAndGoesOn()
    {
        var coach = new TurnCoach(() => null, () => throw new VoiceException(VoiceStage.Coach, "WordNet is missing."), () => new CoherenceJudge(new LexicalEmbeddings()), () => null);
        var told = await ListAsync(coach.CoachAsync(Turn("Yesterday I go home."), Cancelled));
        Assert.Equal([FeedbackStage.Grammar], Assert.IsType<FeedbackFinal>(Assert.Single(told)).Degraded);
    }

    [Fact]
    public async Task Coach_WhatWasDueIsSaidRight_ComesLater()
    {
        await CoachAsync(Turn("Yesterday I go to the cinema."));
        await CoachAsync(Turn("Yesterday I went to the cinema.") with { TurnId = "t2" });
        Assert.All(await _store.ReviewsAsync("li", cancellationToken: Cancelled), r => Assert.Equal(1, r.Reviews));
    }

    [Fact]
    public async Task Acknowledge_Dismissed_TakesTheReviewAway()
    {
        var coach = Coach(null);
        var delta = (await ListAsync(coach.CoachAsync(Turn("Yesterday I go to the cinema."), Cancelled))).OfType<FeedbackDelta>().Single();
        await coach.AcknowledgeAsync("li", new FeedbackAck(delta.ItemId, FeedbackAction.Dismissed), Cancelled);
        Assert.Empty(await _store.ReviewsAsync("li", cancellationToken: Cancelled));
        await coach.AcknowledgeAsync("li", new FeedbackAck("unknown", FeedbackAction.Dismissed), Cancelled);
    }

    [Fact]
    public async Task Acknowledge_SaidAgainRight_ComesLater()
    {
        var coach = Coach(null);
        var delta = (await ListAsync(coach.CoachAsync(Turn("Yesterday I go to the cinema."), Cancelled))).OfType<FeedbackDelta>().Single();
        await coach.AcknowledgeAsync("li", new FeedbackAck(delta.ItemId, FeedbackAction.Repeated), Cancelled);
        Assert.Empty(await _store.ReviewsAsync("li", _clock.GetUtcNow(), cancellationToken: Cancelled));
        Assert.All(await _store.ReviewsAsync("li", cancellationToken: Cancelled), r => Assert.Equal(1, r.Reviews));
    }

    [Theory]
    [InlineData("<b>Hello</b> &amp; <script>alert(1)</script> goodbye", 1)]
    [InlineData("🙂🙂🙂 👩‍👩‍👧 !!!", 1)]
    [InlineData("我喜欢喝茶，因为它很好喝。", 1)]
    [InlineData("مرحبا كيف حالك اليوم", 1)]
    [InlineData("I like tea and ", 700)]
    [InlineData("a", 10_000)]
    public async Task Coach_TextOfAnyKind_IsLookedAtAndKept(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times)).Trim();
        var told = await CoachAsync(Turn(text) with { Before = [new(true, "I like tea. It is good."), new(false, "Which tea do you like?")] });
        Assert.Equal(text, Assert.IsType<FeedbackFinal>(told[^1]).Text);
        Assert.Equal(text, Assert.Single(await _store.TurnsAsync("li", cancellationToken: Cancelled)).Text);
    }

    [Fact]
    public async Task Coach_EmbedderIsDead_JudgesByWordsAndSaysSo()
    {
        using var embedder = new MeaningEmbeddings { Failure = MeaningEmbeddings.Dead() };
        var final = await FinalAsync(embedder, Turn("I have two cats. They sleep all day.") with { Before = [new(true, "I like cats."), new(false, "Do you have cats?")] });
        Assert.NotNull(final.Discourse!.Coherence);
        Assert.Equal([FeedbackStage.Discourse], final.Degraded);
    }

    [Fact]
    public async Task Coach_MemoryIsDegraded_SaysSo()
    {
        using var embedder = new MeaningEmbeddings { Failure = MeaningEmbeddings.Dead() };
        ValueTask<IVectorMemory> Within(VectorSpace space, CancellationToken cancellationToken) => new(new SqliteVectorMemory(_database, space, _clock));
        var memories = new LearnerMemories(new EmbeddedMemory(new LexicalEmbeddings(), Within), new EmbeddedMemory(embedder, Within), _clock);
        await memories.RecallAsync("li", "cats", 1, Cancelled);
        var journal = new LearnerJournal(_store, memories, new ReviewDesk(_store, new FsrsScheduler(), _clock), _clock);
        var coach = new TurnCoach(() => null, () => Language.Rules, () => new CoherenceJudge(new LexicalEmbeddings()), () => journal);
        var told = await ListAsync(coach.CoachAsync(Turn("I have two cats at home."), Cancelled));
        Assert.Equal([FeedbackStage.Memory], Assert.IsType<FeedbackFinal>(told[^1]).Degraded?.Where(stage => stage != FeedbackStage.Pronunciation));
    }

    [Fact]
    public async Task Coach_TokenVectorsAndATextToSay_TellsHowMuchOfItWasSaid()
    {
        using var embedder = new MeaningEmbeddings();
        var turn = Turn("my puppy");
        Assert.Equal(100, (await FinalAsync(embedder, turn with { Config = new SessionConfig { Feedback = s_all with { TargetText = "your dog" } } })).Discourse!.AnswerMatch);
        Assert.Null((await FinalAsync(embedder, turn)).Discourse);
    }

    private static async Task<FeedbackFinal> FinalAsync(MeaningEmbeddings embedder, SpokenTurn turn)
    {
        var coach = new TurnCoach(() => null, () => Language.Rules, () => new CoherenceJudge(embedder), () => null);
        return Assert.IsType<FeedbackFinal>((await ListAsync(coach.CoachAsync(turn, Cancelled)))[^1]);
    }

    private TurnCoach Coach(IPhoneAligner? aligner) => new(
        () => aligner is null ? null : new PronunciationAssessor(aligner), () => Language.Rules, () => new CoherenceJudge(new LexicalEmbeddings()), () => _journal);

    private Task<List<ServerMessage>> CoachAsync(SpokenTurn turn, SimulatedAligner? aligner = null) => ListAsync(Coach(aligner).CoachAsync(turn, Cancelled));

    private sealed class CountingAligner : IPhoneAligner
    {
        private readonly SimulatedAligner _aligner = new();
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => _aligner.Name;

        public int Count { get; private set; }

        public Task FirstIsOver => _first.Task;

        public async ValueTask<PhoneAlignment> AlignAsync(IReadOnlyList<string> words, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
        {
            Count++;
            var alignment = await _aligner.AlignAsync(words, samples, cancellationToken);
            _first.TrySetResult();
            return alignment;
        }
    }

    /// <summary>Answers when it is let.</summary>
    private sealed class HeldAligner : IPhoneAligner
    {
        private readonly SimulatedAligner _aligner = new();
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously), _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => _aligner.Name;

        public Task IsAsked => _asked.Task;

        public void Release() => _released.SetResult();

        public async ValueTask<PhoneAlignment> AlignAsync(IReadOnlyList<string> words, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
        {
            _asked.SetResult();
            await _released.Task.WaitAsync(cancellationToken);
            return await _aligner.AlignAsync(words, samples, cancellationToken);
        }
    }

    private static SpokenTurn Turn(string text) => new("s1", "t1", text, new SessionConfig { Feedback = s_all }) { LearnerId = "li" };

    private static SpokenTurn Spoken(string text, short[] samples) => Turn(text) with
    {
        Transcript = new FinalTranscript(text, [.. text.Split(' ').Select((w, i) => new RecognizedWord(w, TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(i + 1), 0.9))], 0.9, "simulated"),
        Audio = [new AudioFrame(samples, AudioMath.SpeechRate, TimeSpan.Zero)],
    };

    /// <summary>Two seconds that sound like a voice.</summary>
    private static short[] Sounds()
    {
        var vowels = SimulatedVoice.Vowels(AudioMath.SpeechRate);
        return [.. Enumerable.Range(0, 2 * AudioMath.SpeechRate).Select(i => vowels[i % vowels.Length])];
    }

    private static async Task<List<ServerMessage>> ListAsync(IAsyncEnumerable<ServerMessage> told)
    {
        var list = new List<ServerMessage>();
        await foreach (var message in told) { list.Add(message); }
        return list;
    }
}
