using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Parley.Core.Tests.Replies.Tools;

/// <summary>A model that says and calls what the test wants: each call of it is answered with the next list, the last repeats.</summary>
internal sealed class ScriptedChatClient(params IReadOnlyList<AIContent>[] answers) : IChatClient
{
    private int _next;

    /// <summary>The prompts so far.</summary>
    public List<IReadOnlyList<ChatMessage>> Prompts { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    /// <summary>Thrown where tools are offered.</summary>
    public Exception? RefusesTools { get; set; }

    public static FunctionCallContent Call(string name, string id = "call_1", params (string Name, object? Value)[] arguments) =>
        new(id, name, arguments.ToDictionary(a => a.Name, a => a.Value));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        Prompts.Add([.. messages]);
        Options.Add(options);
        if (RefusesTools is not null && options?.Tools is { Count: > 0 }) { throw RefusesTools; }
        foreach (var content in answers[Math.Min(_next++, answers.Length - 1)]) { yield return new ChatResponseUpdate(ChatRole.Assistant, [content]); }
        yield return new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", defaultModelId: "scripted") : null;

    public void Dispose() { }
}
