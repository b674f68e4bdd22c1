using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Parley.Server.Tests.Realtime;

/// <summary>A model that tells a long story, calls a tool, or says a sentence, as it is asked: what the scripts of stock clients count on.</summary>
internal sealed class StoryTeller : IChatClient
{
    public const string Sentence = "Nice to meet you.";

    private static readonly string s_story = string.Join(' ', Enumerable.Repeat("Once upon a time there was a king who had three daughters.", 8));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, [Answer([.. messages])]);
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    private static AIContent Answer(IReadOnlyList<ChatMessage> messages)
    {
        if (messages[^1].Contents.OfType<FunctionResultContent>().FirstOrDefault() is { } result) { return new TextContent($"It is {result.Result}."); }
        var asked = messages.Last(m => m.Role == ChatRole.User).Text;
        return asked.Contains("the tool", StringComparison.Ordinal) ? new FunctionCallContent("call_1", "look_up", new Dictionary<string, object?> { ["word"] = "tea" })
            : new TextContent(asked.Contains("long story", StringComparison.Ordinal) ? s_story : Sentence);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("stories", defaultModelId: "stories") : null;

    public void Dispose() { }
}
