using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Learning.Discourse;
using Parley.Learning.Feedback;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Learning.Review;
using Parley.Learning.Tests.Grammar;
using Parley.Learning.Tests.Learners;
using Parley.Replies;
using Parley.Sqlite.Learners;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;
using Parley.Tutor;

namespace Parley.Learning.Tests.Memory;

public sealed class RecallingChatClientTests : IAsyncDisposable
{
    private static readonly Mistake s_mistake = new("m1", MistakeKind.Grammar, "discuss-about", "discuss about", "discuss", "We discuss about films.") { Corrected = "We discuss films." };

    private readonly LearnerFolder _folder = new();
    private readonly VirtualClock _clock = new();
    private readonly LearnerDatabase _database;
    private readonly SqliteLearnerStore _store;
    private readonly LearnerMemories _memories;

    public RecallingChatClientTests()
    {
        _database = _folder.Open(_clock);
        (_store, _memories) = (new SqliteLearnerStore(_database), Remembering((space, _) => new(new SqliteVectorMemory(_database, space, _clock))));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reply_ToSomebodyKnown_IsToldWhatTheySaidBefore()
    {
        await RememberAsync("I have a small brown dog.", "My train was late.");
        var model = new ListeningModel();
        await Recalling(model).GetResponseAsync([new(ChatRole.System, "Be kind."), new(ChatRole.User, "My dog is sick today.")], Options("li"), Cancelled);
        Assert.Equal([ChatRole.System, ChatRole.System, ChatRole.User], model.Heard.Select(m => m.Role));
        Assert.Contains("small brown dog", model.Heard[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("train", model.Heard[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_SomethingDueAndAHabit_AreInTheNote()
    {
        await new ReviewDesk(_store, new FsrsScheduler(), _clock).AddAsync("li", s_mistake, Cancelled);
        for (var i = 0; i < 3; i++)
        {
            await _store.AddAsync(new LearnerTurn("li", "s1", $"t{i}", _clock.GetUtcNow(), s_mistake.Sentence) { Mistakes = [s_mistake with { Id = $"m{i}" }] }, Cancelled);
        }
        var model = new ListeningModel();
        await Recalling(model).GetResponseAsync([new(ChatRole.User, "Hello!")], Options("li"), Cancelled);
        Assert.Contains("We discuss films.", model.Heard[0].Text, StringComparison.Ordinal);
        Assert.Contains("discuss-about", model.Heard[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bo")]
    public async Task Reply_ToSomebodyUnknown_IsAskedAsItStands(string? learner)
    {
        await RememberAsync("I have a small brown dog.");
        var model = new ListeningModel();
        await Recalling(model).GetResponseAsync([new(ChatRole.User, "My dog is sick today.")], Options(learner), Cancelled);
        Assert.Equal("My dog is sick today.", Assert.Single(model.Heard).Text);
    }

    [Fact]
    public async Task Reply_DatabaseIsGone_ComesWithoutMemory()
    {
        await RememberAsync("I have a small brown dog.");
        await _database.DisposeAsync();
        File.Delete(_folder.Database);
        var model = new ListeningModel();
        await Recalling(model).GetResponseAsync([new(ChatRole.User, "My dog is sick.")], Options("li"), Cancelled);
        Assert.Single(model.Heard);
    }

    [Fact]
    public async Task Reply_MemoryIsSlow_WaitsForItNoLongerThanTheDeadline()
    {
        var model = new ListeningModel();
        var late = new List<StoreException?>();
        var recall = new LearnerRecall(_store, Remembering((_, _) => new(new StuckMemory())), _clock);
        var reply = new RecallingChatClient(model, () => recall, _clock, late.Add)
            .GetResponseAsync([new(ChatRole.User, "My dog is sick.")], Options("li"), Cancelled);
        Assert.False(reply.IsCompleted);
        Assert.Empty(late);
        _clock.Advance(RecallingChatClient.Deadline);
        await reply.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        Assert.Single(model.Heard);
        Assert.Equal([null], late);
    }

    [Fact]
    public async Task Tutor_SomethingDue_BringsItUpAtTheBegin()
    {
        await new ReviewDesk(_store, new FsrsScheduler(), _clock).AddAsync("li", s_mistake, Cancelled);
        using var tutor = Recalling(new TutorChatClient(new TutorOptions { TokenDelay = TimeSpan.Zero }));
        var options = Options("li");
        options.AdditionalProperties![ReplyProperties.Scenario] = "cafe";
        var opening = await tutor.GetResponseAsync([], options, Cancelled);
        Assert.Contains("We discuss films.", opening.Text, StringComparison.Ordinal);
        var next = await tutor.GetResponseAsync([.. opening.Messages, new(ChatRole.User, "A coffee, please.")], options, Cancelled);
        Assert.DoesNotContain("We discuss films.", next.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_WhatTheySaidOfThemselves_IsInTheNote()
    {
        await TellAsync("s1", "My name is Li. I have a small brown dog.");
        var model = new ListeningModel();
        await Recalling(model).GetResponseAsync([new(ChatRole.User, "Hello!")], Options("li"), Cancelled);
        Assert.Contains("Their name is Li.", model.Heard[0].Text, StringComparison.Ordinal);
        Assert.Contains("They told you: I have a small brown dog.", model.Heard[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_WhatWasSaidInThisConversation_IsNotRepeated()
    {
        await TellAsync("s1", "I have a small brown dog.");
        var model = new ListeningModel();
        await Recalling(model).GetResponseAsync([new(ChatRole.User, "I have a small brown dog."), new(ChatRole.User, "My dog is sick today.")], Options("li"), Cancelled);
        Assert.Equal(2, model.Heard.Count);
    }

    [Fact]
    public async Task Tutor_FactOfAnEarlierSession_BringsItUpInTheNext()
    {
        await TellAsync("s1", "My name is Li. I have a small brown dog.");
        using var tutor = Recalling(new TutorChatClient(new TutorOptions { TokenDelay = TimeSpan.Zero }));
        var opening = (await tutor.GetResponseAsync([], Options("li"), Cancelled)).Text;
        Assert.Contains("Li.", opening, StringComparison.Ordinal);
        Assert.Contains("I have a small brown dog.", opening, StringComparison.Ordinal);
        var played = Options("li");
        played.AdditionalProperties![ReplyProperties.Scenario] = "cafe";
        Assert.DoesNotContain("dog", (await tutor.GetResponseAsync([], played, Cancelled)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tutor_FactInASentenceToPractise_IsNotToldTwice()
    {
        await TellAsync("s1", "I has a small brown dog.");
        using var tutor = Recalling(new TutorChatClient(new TutorOptions { TokenDelay = TimeSpan.Zero }));
        Assert.Single(Regex.Matches((await tutor.GetResponseAsync([], Options("li"), Cancelled)).Text, "I have a small brown dog"));
    }

    [Theory]
    [InlineData("cafe", 0.9)]
    [InlineData(null, 0.3)]
    public async Task Coach_RoleOrUnsureTranscript_KeepsNoFacts(string? scenario, double confidence)
    {
        await TellAsync("s1", "My name is Li.", scenario, confidence);
        Assert.Empty(await _store.FactsAsync("li", Cancelled));
    }

    /// <summary>As the coach hears it.</summary>
    private async Task TellAsync(string session, string text, string? scenario = null, double confidence = 1)
    {
        var journal = new LearnerJournal(_store, _memories, new ReviewDesk(_store, new FsrsScheduler(), _clock), _clock);
        var coach = new TurnCoach(() => null, () => Language.Rules, () => new CoherenceJudge(new LexicalEmbeddings()), () => journal);
        var turn = new SpokenTurn(session, "t1", text, new SessionConfig { Scenario = scenario, Feedback = new FeedbackConfig { Grammar = true } })
        {
            LearnerId = "li", Transcript = new FinalTranscript(text, [], confidence, "simulated"),
        };
        await foreach (var _ in coach.CoachAsync(turn, Cancelled)) { }
    }

    private RecallingChatClient Recalling(IChatClient inner)
    {
        var recall = new LearnerRecall(_store, _memories, _clock);
        return new RecallingChatClient(inner, () => recall, _clock);
    }

    private LearnerMemories Remembering(Func<VectorSpace, CancellationToken, ValueTask<IVectorMemory>> open) => new(new EmbeddedMemory(new LexicalEmbeddings(), open), null, _clock);

    private Task RememberAsync(params string[] texts) =>
        _memories.AddAsync("li", [.. texts.Select((text, i) => new Remembered($"m{i}", RememberedKind.Talk, text, _clock.GetUtcNow()))], Cancelled);

    private static ChatOptions Options(string? learner) => new() { AdditionalProperties = learner is null ? [] : new() { [ReplyProperties.LearnerId] = learner } };

    /// <summary>Says nothing, and keeps what it was told.</summary>
    private sealed class ListeningModel : IChatClient
    {
        public IReadOnlyList<ChatMessage> Heard { get; private set; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Heard = [.. messages];
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes.")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // There is nothing to give back.
        }
    }

    /// <summary>Never answers.</summary>
    private sealed class StuckMemory : IVectorMemory
    {
        public ValueTask AddAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public async ValueTask<IReadOnlyList<Recollection>> RecallAsync(string learnerId, ReadOnlyMemory<float> thought, int count, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return [];
        }

        public ValueTask<IReadOnlyList<Remembered>> ListAsync(string learnerId, CancellationToken cancellationToken = default) => throw new StoreException("stuck");

        public ValueTask<bool> ForgetAsync(string learnerId, string id, CancellationToken cancellationToken = default) => throw new StoreException("stuck");

        public ValueTask ForgetAsync(string learnerId, CancellationToken cancellationToken = default) => throw new StoreException("stuck");
    }
}
