using Microsoft.Extensions.AI;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;

namespace Parley.Core.Tests.Resilience;

/// <summary>What a chain costs while all is well: a little for each call, nothing for each token.</summary>
public sealed class ChainCostTests
{
    [Fact]
    public async Task GetStreamingResponseAsync_AllIsWell_ATokenAllocatesNothing()
    {
        var few = await MeasureAsync(tokens: 100);
        var many = await MeasureAsync(tokens: 10_100);

        TestContext.Current.TestOutputHelper?.WriteLine($"A call of 100 tokens allocates {few:0} bytes, one of 10 100 tokens {many:0} bytes.");
        Assert.InRange((many - few) / 10_000, double.MinValue, 1);
        Assert.InRange(few, 0, 4_096);
    }

    /// <summary>Bytes that the chain adds to a call.</summary>
    private static async Task<double> MeasureAsync(int tokens)
    {
        var bare = new SameToken(tokens);
        var chains = new EngineChains(new ResilienceOptions { ContinueAfterContent = false }, TimeProvider.System);
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

    private sealed class SameToken(int tokens) : IChatClient
    {
        private static readonly ChatResponseUpdate s_token = new(ChatRole.Assistant, "word ");

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            for (var i = 0; i < tokens; i++) { yield return s_token; }
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
