using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Server.Threading;
using Parley.Testing.Transports;

namespace Parley.Server.Tests.Threading;

public sealed class PooledChatClientTests
{
    [Fact]
    public void GetStreamingResponse_AskedFromAnotherThreadEachTime_ComputesOnThePool()
    {
        var model = new ThreadWatch();
        using var client = PooledChatClient.Around(new EngineRegistration<IChatClient>("watch", () => new EngineStatus(VoiceStage.Reply, "watch", true, "", ""), () => model)).Create();

        // A thread of its own, as one that watches sockets is: whatever it asks, it asks from there.
        var reader = new Thread(() =>
        {
            var updates = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello.")]).GetAsyncEnumerator();
            while (updates.MoveNextAsync().AsTask().WaitAsync(ConverseClient.Patience).GetAwaiter().GetResult()) { }
            updates.DisposeAsync().AsTask().Wait(ConverseClient.Patience);
        });
        reader.Start();

        Assert.True(reader.Join(ConverseClient.Patience));
        Assert.Equal([true, true, true], model.IsOnPool);
    }

    private sealed class ThreadWatch : IChatClient
    {
        public List<bool> IsOnPool { get; } = [];

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            for (var i = 0; i < 3; i++)
            {
                IsOnPool.Add(Thread.CurrentThread.IsThreadPoolThread);
                if (i < 2) { yield return new ChatResponseUpdate(ChatRole.Assistant, "word "); }
            }
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
