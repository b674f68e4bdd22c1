using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Learning.Facts;
using Parley.Replies;
using Parley.Timeline;

namespace Parley.Learning.Memory;

/// <summary>Tells a reply engine what is remembered of the learner who speaks: language models by a note in the prompt, others by properties such as <see cref="ReplyProperties.Practise"/>.</summary>
/// <remarks>
/// Thread-safe and stateless. A memory that does not answer within the deadline is done without: the conversation waits for no memory. The note stands before the last
/// message of the user, so that what a model has cached of the conversation stays valid.
/// </remarks>
/// <param name="inner">The reply engine.</param>
/// <param name="recall">Remembers; null while there is no memory, which may change.</param>
/// <param name="time">The clock of the deadline.</param>
/// <param name="missed">Told of each reply that did without: because it came too late (null), or because it could not be read.</param>
public sealed class RecallingChatClient(IChatClient inner, Func<LearnerRecall?> recall, TimeProvider time, Action<StoreException?>? missed = null) : DelegatingChatClient(inner)
{
    /// <summary>The longest that a reply waits for what is remembered.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromMilliseconds(30);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (told, changed) = await RememberAsync(messages, options, cancellationToken);
        return await base.GetResponseAsync(told, changed, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (told, changed) = await RememberAsync(messages, options, cancellationToken);
        await foreach (var update in base.GetStreamingResponseAsync(told, changed, cancellationToken)) { yield return update; }
    }

    private async Task<(IEnumerable<ChatMessage> Messages, ChatOptions? Options)> RememberAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        if (options?.AdditionalProperties?.TryGetValue<string>(ReplyProperties.LearnerId, out var learner) != true || learner is null || recall() is not { } memory) { return (messages, options); }
        List<ChatMessage> told = [.. messages];
        var at = told.FindLastIndex(m => m.Role == ChatRole.User);
        var known = await AskAsync(memory, learner, at < 0 ? "" : told[at].Text, [.. told.Where(m => m.Role == ChatRole.User).Select(m => m.Text)], cancellationToken);
        if (known.IsEmpty) { return (told, options); }
        told.Insert(at < 0 ? told.Count : at, new ChatMessage(ChatRole.System, known.ToPrompt()));
        var changed = options.Clone();
        changed.AdditionalProperties![ReplyProperties.Practise] = known.Practise;
        changed.AdditionalProperties[ReplyProperties.LearnerName] = known.Facts.FirstOrDefault(f => f.Kind == FactKind.Name)?.Value;
        changed.AdditionalProperties[ReplyProperties.Told] = known.Facts.Where(f => f.Kind != FactKind.Name).OrderByDescending(f => f.At).Select(f => f.Sentence).ToArray();
        return (told, changed);
    }

    private async Task<Recollections> AskAsync(LearnerRecall memory, string learnerId, string said, string[] conversation, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await memory.AboutAsync(learnerId, said, conversation, limit.Token).WaitAsync(Deadline, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            missed?.Invoke(null);
        }
        catch (StoreException e)
        {
            missed?.Invoke(e);
        }
        finally
        {
            await limit.CancelAsync();
        }
        return Recollections.None;
    }
}
