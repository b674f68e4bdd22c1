using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Governance;

namespace Parley.Resilience.Chains;

/// <summary>
/// Language models as one: when the first is late or fails, the next one answers. Updates pass as they are. Where a model breaks off in mid-answer,
/// another goes on with it, if that is wanted; else the answer ends with the failure.
/// </summary>
/// <remarks>Thread-safe. It owns no engine.</remarks>
internal sealed class ResilientChatClient(EngineChain<IChatClient> chain, EngineRace<ChatResponseUpdate> race, bool continues) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var answer = new UnfinishedAnswer(messages, options, continues && chain.Links.Count > 1);
        uint tried = 0;
        VoiceException? failure = null;
        while (true)
        {
            var call = new StreamCall<IChatClient, (IEnumerable<ChatMessage> Messages, ChatOptions? Options), ChatResponseUpdate>(
                chain, static (client, ask, token) => client.GetStreamingResponseAsync(ask.Messages, ask.Options, token),
                (answer.Messages, answer.Options), CallOrder.Of(options), tried, failure, cancellationToken);
            await using var stream = await call.RunAsync(race);
            // Who merely lost a race may go on.
            tried = call.Failed | 1u << stream.Index;
            failure = null;
            for (var more = stream.HasFirst; more;)
            {
                answer.Add(stream.Current);
                yield return stream.Current;
                try
                {
                    more = stream.Arrived(await stream.MoveNextAsync());
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    failure = stream.Fail(e);
                    break;
                }
            }
            if (failure is null) { yield break; }
            chain.Failed(stream.Index, failure);
            if (answer.IsFinished) { yield break; }
            if (!FailureRules.CallsForAnother(failure) || !chain.HasOther(tried) || !answer.TryGoOn()) { ExceptionDispatchInfo.Throw(failure); }
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <summary>What the first model offers.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : chain.Links[0].Handle.Engine.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The engines belong to all.
    }
}
