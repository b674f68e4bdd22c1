using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Pipeline;
using Parley.Replies.Wire;

namespace Parley.Replies.QuickReplies;

/// <summary>
/// Two models as one: a small one says an opener of one to three words at once ("Sure,"), while the large one, which was asked at the same moment,
/// still thinks; its answer is joined to the opener. The large model does not know which opener it will be, only that there is one, so it is told to
/// begin with the substance, and the small one may say nothing that commits the answer.
/// </summary>
/// <remarks>
/// Thread-safe; both clients belong to others. There is no opener where the large model is first, where tools or JSON are asked for, where the last
/// message is not the user's, or under <see cref="ReplyProperties.NoQuickReply"/>. The small model's failures are nobody's; the large one's end the answer,
/// also after an opener: whoever wants a fallback puts it into the large client.
/// </remarks>
public sealed class QuickReplyChatClient(IChatClient main, IChatClient quick, QuickReplyOptions options, TimeProvider time) : DelegatingChatClient(main)
{
    /// <summary>Always the same words, so that what a server has cached of the prompt stays valid.</summary>
    private const string Hint =
        "A short opener, such as \"Sure,\" has just been said to the user in your name. Go on right after it with the substance of your answer, in the language "
        + "of the user: do not greet, and do not begin with an opener of your own.";

    private readonly QuickReplyOptions _options = options;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        // A copy of the list has the answer decoded: a response has no bytes to give on.
        await GetStreamingResponseAsync([.. messages], options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (Question(messages, options) is not { } question)
        {
            await foreach (var update in InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken)) { yield return update; }
            yield break;
        }
        await using var answer = new StartedStream<ChatResponseUpdate>(
            token => InnerClient.GetStreamingResponseAsync(messages, Instruct(options), token), time, cancellationToken);
        var next = answer.Next();
        await using var call = new OpenerCall(quick, question, _options, time);
        var (isWaiting, seam) = (true, (Seam?)null);
        for (; ; next = answer.Next())
        {
            if (isWaiting && await call.ComesBeforeAsync(next) is { } opener)
            {
                (isWaiting, seam) = (false, new Seam(opener));
                yield return Say(opener);
            }
            if (!await next) { break; }
            if (isWaiting && answer.Current.Contents.Any(Tells))
            {
                isWaiting = false;
                call.Stop();
            }
            if ((seam is null ? answer.Current : Join(seam, answer.Current)) is { } joined) { yield return joined; }
        }
        if (seam?.Flush() is { Length: > 0 } rest) { yield return new ChatResponseUpdate(ChatRole.Assistant, rest); }
    }

#pragma warning disable CA2215 // The clients are shared with others, who dispose them.
    protected override void Dispose(bool disposing)
#pragma warning restore CA2215
    {
    }

    /// <summary>What the user asks; null: an opener would be out of place.</summary>
    private static string? Question(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options is { Tools.Count: > 0 } or { ResponseFormat: ChatResponseFormatJson }
            || options?.AdditionalProperties?.GetValueOrDefault(ReplyProperties.NoQuickReply) is true) { return null; }
        return messages.LastOrDefault() is { } last && last.Role == ChatRole.User && last.Text is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    private static ChatOptions Instruct(ChatOptions? options)
    {
        var instructed = options?.Clone() ?? new ChatOptions();
        instructed.Instructions = instructed.Instructions is { Length: > 0 } given ? $"{given}\n{Hint}" : Hint;
        return instructed;
    }

    // Not what the model thinks aloud; and where tools are offered there is no opener, so what is relayed calls none.
    private static bool Tells(AIContent content) => content is TextContent { Text.Length: > 0 } or FunctionCallContent or FillerContent or WireContent { Chunk.EscapedText.IsEmpty: false };

    private static ChatResponseUpdate Say(string opener) => new(
        ChatRole.Assistant, [new TextContent(opener) { AdditionalProperties = new() { [ReplyProperties.Quick] = true } }]);

    /// <summary>The update without an opener of its own; null: nothing is left of it, or it is held back.</summary>
    private static ChatResponseUpdate? Join(Seam seam, ChatResponseUpdate update)
    {
        if (seam.IsPassed) { return update; }
        var chunk = update.RawRepresentation as WireChunk;
        var text = chunk?.ReadText() ?? update.Text;
        var given = text.Length > 0 ? seam.Push(text) : "";
        if (update.FinishReason is not null) { given += seam.Flush(); }
        if (given == text) { return update; }
        var joined = update.Clone();
        joined.RawRepresentation = null;
        joined.Contents = [.. update.Contents.Where(c => c is not (TextContent or WireContent))];
        if (given.Length > 0) { joined.Contents.Insert(0, new TextContent(given)); }
        return joined.Contents.Count > 0 || joined.FinishReason is not null || joined.AdditionalProperties is { Count: > 0 } ? joined : null;
    }
}
