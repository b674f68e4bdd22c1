using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Timeline;

namespace Parley.Recording;

/// <summary>Notes what a reply engine streams.</summary>
/// <remarks>Not disposed: the engine behind it belongs to all sessions.</remarks>
internal sealed class RecordingChatClient(IChatClient inner, SessionTimeline timeline) : DelegatingChatClient(inner)
{
    private readonly CallCounter _calls = new();

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = _calls.Next();
        timeline.Add(TimelineKinds.ReplyCall, new RecordedCall(call, messages.LastOrDefault()?.Text ?? ""));
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync()) { break; }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                timeline.Add(TimelineKinds.ReplyFailed, RecordedFailures.From(call, e));
                throw;
            }
            timeline.Add(TimelineKinds.ReplyUpdate, ToRecord(call, updates.Current));
            yield return updates.Current;
        }
        timeline.Add(TimelineKinds.ReplyEnd, new RecordedEnd(call));
    }

    private static RecordedUpdate ToRecord(int call, ChatResponseUpdate update)
    {
        var offered = update.Contents.OfType<SuggestionsContent>().LastOrDefault();
        var emotion = update.Contents.OfType<EmotionContent>().LastOrDefault();
        var text = update.Text;
        IReadOnlyList<ToolExchange> calls = [.. update.Contents.OfType<FunctionCallContent>().Select(ToolExchange.Of)];
        return new RecordedUpdate(
            call, text.Length == 0 ? null : text, update.Contents.OfType<FillerContent>().LastOrDefault()?.Text, offered?.Items, offered?.Hints, emotion?.Emotion, emotion?.Intensity,
            update.AdditionalProperties is { Count: > 0 } properties ? StoredProperties.From(properties) : null,
            update.Contents.Any(c => c is TextContent && c.AdditionalProperties?.GetValueOrDefault(ReplyProperties.Quick) is true) ? true : null,
            calls.Count > 0 ? calls : null, update.FinishReason?.Value, update.Contents.OfType<UsageContent>().LastOrDefault()?.Details);
    }
}
