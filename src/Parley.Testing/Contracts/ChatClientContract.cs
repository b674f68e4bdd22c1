using Microsoft.Extensions.AI;
using Parley.Replies;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every reply engine must do. An adapter's tests inherit it and give the client.</summary>
public abstract class ChatClientContract
{
    /// <summary>A client that can answer; what it talks to lives until the test ends.</summary>
    protected abstract IChatClient CreateClient();

    /// <summary>What one turn's call is given; an engine that needs more says so here.</summary>
    protected virtual ChatOptions Options => new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static List<ChatMessage> Greeting => [new(ChatRole.System, "Talk with the learner."), new(ChatRole.User, "Hello, how are you?")];

    [Fact]
    public async Task GetStreamingResponseAsync_OneTurn_StreamsTextAndAFinishReason()
    {
        using var client = CreateClient();

        var updates = await client.GetStreamingResponseAsync(Greeting, Options, Cancellation).ToListAsync(Cancellation);

        Assert.True(updates.Count(u => u.Text.Length > 0) > 1, "The text must come in more than one piece.");
        Assert.All(updates, u => Assert.True(u.Role is null || u.Role == ChatRole.Assistant));
        Assert.Equal(ChatFinishReason.Stop, updates.Select(u => u.FinishReason).Last(r => r is not null));
    }

    [Fact]
    public async Task GetResponseAsync_SameTurn_IsTheJoinedStream()
    {
        using var client = CreateClient();

        var streamed = await client.GetStreamingResponseAsync(Greeting, Options, Cancellation).ToListAsync(Cancellation);
        var whole = await client.GetResponseAsync(Greeting, Options, Cancellation);

        Assert.NotEmpty(whole.Text);
        Assert.Equal(string.Concat(streamed.Select(u => u.Text)), whole.Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_StateInAnUpdate_IsOnTheJoinedMessageToo()
    {
        using var client = CreateClient();

        var updates = await client.GetStreamingResponseAsync(Greeting, Options, Cancellation).ToListAsync(Cancellation);
        var state = updates.Select(u => u.AdditionalProperties?.GetValueOrDefault(ReplyProperties.State)).FirstOrDefault(s => s is not null);
        var whole = await client.GetResponseAsync(Greeting, Options, Cancellation);

        Assert.Equal(state, whole.Messages[^1].AdditionalProperties?.GetValueOrDefault(ReplyProperties.State));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_NoMessages_Answers()
    {
        using var client = CreateClient();
        var response = await client.GetResponseAsync([], Options, Cancellation);
        Assert.NotEmpty(response.Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CancelledBefore_Throws()
    {
        using var client = CreateClient();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await client.GetStreamingResponseAsync(Greeting, Options, cancelled.Token).ToListAsync(Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Greeting, Options, cancelled.Token));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CancelledMidway_Throws()
    {
        using var client = CreateClient();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Greeting, Options, cancel.Token)) { await cancel.CancelAsync(); }
        });
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ManyAtOnce_EachGetsItsOwnReply()
    {
        using var client = CreateClient();
        var expected = (await client.GetResponseAsync(Greeting, Options, Cancellation)).Text;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () => (await client.GetResponseAsync(Greeting, Options, Cancellation)).Text, Cancellation)));

        Assert.All(replies, text => Assert.Equal(expected, text));
    }

    [Fact]
    public void GetService_Metadata_NamesProviderAndModel()
    {
        using var client = CreateClient();
        var metadata = Assert.IsType<ChatClientMetadata>(client.GetService(typeof(ChatClientMetadata)));
        Assert.False(string.IsNullOrEmpty(metadata.ProviderName));
        Assert.False(string.IsNullOrEmpty(metadata.DefaultModelId));
        Assert.Null(client.GetService(typeof(ChatClientMetadata), "some key"));
    }
}
