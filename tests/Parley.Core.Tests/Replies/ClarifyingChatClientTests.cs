using Microsoft.Extensions.AI;
using Parley.Core.Tests.Tutor;
using Parley.Replies;
using Parley.Testing.Contracts;
using Parley.Tutor;

namespace Parley.Core.Tests.Replies;

public sealed class ClarifyingChatClientTests : ChatClientContract
{
    private readonly TutorSession _session = new(new ClarifyingChatClient(new TutorChatClient()), "cafe");

    protected override IChatClient CreateClient() => new ClarifyingChatClient(new TutorChatClient());

    [Fact]
    public async Task GetStreamingResponseAsync_SureTranscript_GoesToTheInnerClient()
    {
        await _session.OpenAsync();
        await _session.SayAsync("a latte please", 0.9);
        Assert.Equal("size", _session.Node);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_TypedText_IsNeverDoubted()
    {
        await _session.OpenAsync();
        Assert.DoesNotContain("Did you say", await _session.SayAsync("a latte please"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_DoubtfulTranscript_AsksAndKeepsTheOfferedAnswers()
    {
        await _session.OpenAsync();
        var offered = _session.Offered;

        var reply = await _session.SayAsync("a latte please", 0.3);

        Assert.Equal("Did you say: \"a latte please\"?", reply);
        Assert.Equal([ClarifyingChatClient.YesId, ClarifyingChatClient.NoId, .. offered.Select(o => o.Id)], _session.Offered.Select(o => o.Id));
        Assert.Contains("latte", _session.Suggestions!.Hints.Phrases);
        Assert.True(_session.Suggestions.Hints.AllowOther);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("Yes, that's right.")]
    [InlineData("yeah")]
    public async Task GetStreamingResponseAsync_Confirmed_TheDoubtfulTextIsAnswered(string yes)
    {
        await _session.OpenAsync();
        await _session.SayAsync("a latte please", 0.3);
        await _session.SayAsync(yes, 0.2);
        Assert.Equal("size", _session.Node);
        Assert.Contains("\"drink\":\"latte\"", _session.State, StringComparison.Ordinal);

        await _session.SayAsync("large please", 0.9);
        Assert.Equal("here", _session.Node);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Denied_AsksToSayItAgainAndTakesThatUndoubted()
    {
        await _session.OpenAsync();
        await _session.SayAsync("a latte please", 0.3);
        Assert.Equal("Sorry about that. Please say it again.", await _session.SayAsync("no", 0.9));
        await _session.SayAsync("green tea please", 0.2);
        Assert.Equal("size", _session.Node);
        Assert.Contains("green tea", _session.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_AnotherSentence_IsTakenInstead()
    {
        await _session.OpenAsync();
        await _session.SayAsync("a latte please", 0.3);
        await _session.SayAsync("I'd like a cappuccino", 0.1);
        Assert.Contains("cappuccino", _session.State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_EarlierAnswerChosen_IsTaken()
    {
        await _session.OpenAsync();
        await _session.SayAsync("mumble", 0.1);
        await _session.ChooseAsync(_session.Offered[2]);
        Assert.Equal("size", _session.Node);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_NothingUnderstood_SaysSoOnceThenLetsTheInnerClientHelp()
    {
        await _session.OpenAsync();
        Assert.StartsWith("Sorry, I didn't catch that.", await _session.SayAsync("", 0), StringComparison.Ordinal);
        Assert.DoesNotContain("catch", await _session.SayAsync("", 0), StringComparison.Ordinal);
        Assert.Equal("drink", _session.Node);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OldClarifications_AreNotInTheInnerHistory()
    {
        var inner = new RecordingChatClient();
        var session = new TutorSession(new ClarifyingChatClient(inner));
        await session.SayAsync("one", 0.1);
        await session.SayAsync("yes", 0.9);
        await session.SayAsync("two", 0.1);
        await session.SayAsync("no", 0.9);
        await session.SayAsync("three", 0.1);

        Assert.Equal(["Talk with the learner.", "one", "reply", "three"], inner.Last.Select(m => m.Text));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ThresholdZero_NeverAsks()
    {
        var session = new TutorSession(new ClarifyingChatClient(new TutorChatClient(), new ClarifyingOptions { Threshold = 0 }), "cafe");
        await session.OpenAsync();
        await session.SayAsync("a latte please", 0);
        Assert.Equal("size", session.Node);
    }

    private sealed class RecordingChatClient : IChatClient
    {
        public IReadOnlyList<ChatMessage> Last { get; private set; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Last = [.. messages];
            yield return await Task.FromResult(new ChatResponseUpdate(ChatRole.Assistant, "reply"));
        }

        public object? GetService(Type serviceType, object? serviceKey) => null;

        public void Dispose() { }
    }
}
