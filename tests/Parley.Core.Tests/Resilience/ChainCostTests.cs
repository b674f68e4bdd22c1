using Microsoft.Extensions.AI;
using Parley.Policy;
using Parley.Replies.Wire;
using Parley.Resilience;
using Parley.Resilience.Chains;

namespace Parley.Core.Tests.Resilience;

/// <summary>What a chain costs while all is well: a little for each call, nothing for each token.</summary>
public sealed class ChainCostTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetStreamingResponseAsync_AllIsWell_ATokenAllocatesNothing(bool isRelayedAndKept)
    {
        var few = await MeasureAsync(tokens: 100, isRelayedAndKept);
        var many = await MeasureAsync(tokens: 10_100, isRelayedAndKept);

        TestContext.Current.TestOutputHelper?.WriteLine($"A call of 100 tokens allocates {few:0} bytes, one of 10 100 tokens {many:0} bytes.");
        Assert.InRange((many - few) / 10_000, double.MinValue, 1);
        Assert.InRange(few, 0, 4_096);
    }

    /// <summary>Bytes that the chain adds to a call.</summary>
    private static async Task<double> MeasureAsync(int tokens, bool isRelayedAndKept)
    {
        var bare = new SameToken(tokens, isRelayedAndKept ? Relayed() : new ChatResponseUpdate(ChatRole.Assistant, "word "));
        var chains = new EngineChains(new ResilienceOptions { ContinueAfterContent = isRelayedAndKept }, TimeProvider.System);
        var handle = new EngineHandle<IChatClient>("one", bare, new EngineAttributes(), new EngineTelemetry());
        var chain = chains.Chat([handle, handle with { Name = "two" }]);
        var (with, without) = (await AllocatedAsync(chain), await AllocatedAsync(bare));
        return with - without;
    }

    private static async Task<double> AllocatedAsync(IChatClient client)
    {
        const int Calls = 50;
        ChatMessage[] messages = [new(ChatRole.User, "Hello?")];
        for (var i = 0; i < Calls; i++) { await ReadAsync(client, messages); }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) { await ReadAsync(client, messages); }
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }

    private static async Task ReadAsync(IChatClient client, ChatMessage[] messages)
    {
        await foreach (var update in client.GetStreamingResponseAsync(messages, null, CancellationToken.None)) { GC.KeepAlive(update); }
    }

    private static ChatResponseUpdate Relayed()
    {
        var chunk = new WireChunk();
        var json = """{"id":"1","model":"m","choices":[{"index":0,"delta":{"content":"word "}}]}"""u8.ToArray();
        var text = json.AsSpan().IndexOf("\"word \""u8);
        chunk.Set(json, default, default, text..(text + 7), isUsage: false);
        return new ChatResponseUpdate(ChatRole.Assistant, [new WireContent(chunk)]) { RawRepresentation = chunk };
    }

    private sealed class SameToken(int tokens, ChatResponseUpdate token) : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            for (var i = 0; i < tokens; i++) { yield return token; }
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
