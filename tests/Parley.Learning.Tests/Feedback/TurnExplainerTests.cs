using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Learning.Discourse;
using Parley.Learning.Feedback;
using Parley.Learning.Grammar.Models;
using Parley.Learning.Memory;
using Parley.Learning.Tests.Grammar;
using Parley.Time;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Learning.Tests.Feedback;

/// <summary>The coach with the real rules and a model that always says the same.</summary>
public sealed class TurnExplainerTests : IDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly FixedModel _model = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Coach_ModelFindsMore_StreamsItAfterTheRulesAndMarksIt()
    {
        _model.Corrected = "Yesterday I went to the cinema with my best friend.";
        var told = await CoachAsync("Yesterday I go to the cinema with my bestest friend.");
        var deltas = told.OfType<FeedbackDelta>().ToArray();
        Assert.Equal([FeedbackStage.Grammar, FeedbackStage.Explanation], deltas.Select(d => d.Stage));
        Assert.Equal(("bestest", "best", CorrectionSource.Model), (deltas[1].Item.Original, deltas[1].Item.Correction, deltas[1].Item.Source));
        var final = Assert.IsType<FeedbackFinal>(told[^1]);
        Assert.Equal(deltas.Select(d => d.ItemId), final.GrammarCorrections!.Select(c => c.ItemId));
        Assert.Null(final.Degraded);
    }

    [Theory]
    [InlineData("I like tea.", 1.0)]
    [InlineData("I am living here since three years with my family.", 0.5)]
    public async Task Coach_SentenceThatIsNotWorthIt_AsksNobody(string text, double confidence)
    {
        await CoachAsync(text, confidence);
        Assert.Equal(0, _model.Calls);
    }

    [Fact]
    public async Task Coach_BudgetIsSpent_AsksNobodyUntilTheMinuteIsOver()
    {
        for (var i = 0; i < 5; i++) { await CoachAsync("I have two cats and a small dog."); }
        Assert.Equal(2, _model.Calls);
        await CoachAsync("I have two cats and a small dog.", session: "s2");
        Assert.Equal(3, _model.Calls);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await CoachAsync("I have two cats and a small dog.");
        Assert.Equal(4, _model.Calls);
    }

    [Fact]
    public async Task Coach_NoConsent_AsksNobody()
    {
        var told = await CoachAsync("I have two cats and a small dog.", model: _ => new((IChatClient?)null));
        Assert.Equal(0, _model.Calls);
        Assert.Null(Assert.IsType<FeedbackFinal>(told[^1]).Degraded);
    }

    [Fact]
    public async Task Coach_ModelServerIsDead_KeepsTheRulesAndSaysSo()
    {
        _model.Failure = new VoiceException(VoiceStage.Reply, "Nobody is there.", isTransient: true);
        var final = Assert.IsType<FeedbackFinal>((await CoachAsync("Yesterday I go to the cinema with my friend."))[^1]);
        Assert.Equal("went", Assert.Single(final.GrammarCorrections!).Correction);
        Assert.Equal([FeedbackStage.Explanation], final.Degraded);
        final = Assert.IsType<FeedbackFinal>((await CoachAsync("Yesterday I go to the cinema with my friend.", model: _ => throw _model.Failure))[^1]);
        Assert.Equal([FeedbackStage.Explanation], final.Degraded);
    }

    private async Task<List<ServerMessage>> CoachAsync(string text, double confidence = 1, string session = "s1", Func<SpokenTurn, ValueTask<IChatClient?>>? model = null)
    {
        var coach = new TurnCoach(() => null, () => Language.Rules, () => new CoherenceJudge(new LexicalEmbeddings()), () => null, model is null ? Explainer : Explain(model));
        var turn = new SpokenTurn(session, "t1", text, new SessionConfig { Feedback = new FeedbackConfig { Grammar = true } }) { Transcript = new FinalTranscript(text, [], confidence, "simulated") };
        var told = new List<ServerMessage>();
        await foreach (var message in coach.CoachAsync(turn, Cancelled)) { told.Add(message); }
        return told;
    }

    private TurnExplainer Explainer => field ??= Explain(_ => new((IChatClient?)_model));

    private TurnExplainer Explain(Func<SpokenTurn, ValueTask<IChatClient?>> model) => new(model, new ModelCorrectorOptions { CallsPerMinute = 2 }, _clock);

    /// <summary>Corrects every text to the same; without one, to itself.</summary>
    private sealed class FixedModel : IChatClient
    {
        public string? Corrected { get; set; }

        public Exception? Failure { get; set; }

        public int Calls { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            if (Failure is { } failure) { throw failure; }
            var text = JsonDocument.Parse(messages.Last().Text).RootElement.GetProperty("text").GetString();
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, JsonSerializer.Serialize(new { corrected = Corrected ?? text, notes = Array.Empty<object>() }))));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // There is nothing to give back.
        }
    }
}
