using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;

namespace Parley.Server.Threading;

/// <summary>A language model in this process, which computes on the thread pool whoever asks it for the next piece: the asker's thread may watch sockets.</summary>
/// <remarks>As thread-safe as the model.</remarks>
internal sealed class PooledChatClient(IChatClient model) : DelegatingChatClient(model)
{
    /// <summary>The engine, with this around it unless it waits for a server, as those do that name one.</summary>
    public static EngineRegistration<IChatClient> Around(EngineRegistration<IChatClient> engine) => engine with { Create = () => Around(engine.Create()) };

    private static IChatClient Around(IChatClient model) => model.GetService<ChatClientMetadata>()?.ProviderUri is null ? new PooledChatClient(model) : model;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await LeaveAsync();
        return await base.GetResponseAsync(messages, options, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await LeaveAsync();
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await updates.MoveNextAsync())
        {
            yield return updates.Current;
            await LeaveAsync();
        }
    }

    private static async ValueTask LeaveAsync()
    {
        if (!Thread.CurrentThread.IsThreadPoolThread) { await Task.Yield(); }
    }
}
