using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Recording;
using Parley.Replies;
using Parley.Timeline;

namespace Parley.Replay;

/// <summary>Streams the recorded replies at their recorded pace.</summary>
internal sealed class RecordedChatClient(RecordedCalls calls, ReplayClock clock) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (at, result) in calls.Take(messages.LastOrDefault()?.Text ?? ""))
        {
            await clock.UntilAsync(at, cancellationToken);
            switch (result)
            {
                case RecordedUpdate update: yield return ToUpdate(update); break;
                case RecordedFailure failure: throw new VoiceException(VoiceStage.Reply, failure.Message, failure.IsTransient);
                default: yield break;
            }
        }
        // The call was given up in the recording before it ended.
        await clock.UntilAsync(TimeSpan.MaxValue, cancellationToken);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing to give back.
    }

    private static ChatResponseUpdate ToUpdate(RecordedUpdate recorded)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            AdditionalProperties = StoredProperties.ToProperties(recorded.Properties),
            FinishReason = recorded.Finish is { } finish ? new ChatFinishReason(finish) : null,
        };
        if (recorded.Suggestions is { } items) { update.Contents.Add(new SuggestionsContent(items, recorded.Hints)); }
        if (recorded.Emotion is { } emotion) { update.Contents.Add(new EmotionContent(emotion, recorded.Intensity ?? 1)); }
        if (recorded.Filler is { } filler) { update.Contents.Add(new FillerContent(filler)); }
        if (recorded.Text is { } text)
        {
            update.Contents.Add(new TextContent(text) { AdditionalProperties = recorded.Quick is true ? new() { [ReplyProperties.Quick] = true } : null });
        }
        foreach (var content in recorded.Calls?.SelectMany(c => c.ToCallMessage().Contents) ?? []) { update.Contents.Add(content); }
        if (recorded.Usage is { } usage) { update.Contents.Add(new UsageContent(usage)); }
        return update;
    }
}
