using Microsoft.Extensions.AI;

namespace Parley.OpenAICompatible.Chat;

/// <summary>From the wire's words to the abstractions'.</summary>
internal static class ChatUpdates
{
    /// <summary>The update that a chunk is.</summary>
    /// <param name="chunk">The chunk, or the whole answer.</param>
    /// <param name="tools">Collects the pieces of tool calls until they are whole.</param>
    public static ChatResponseUpdate Map(WireResponse chunk, ToolCallBuffer tools)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            ResponseId = chunk.Id,
            MessageId = chunk.Id,
            ModelId = chunk.Model,
        };
        if (chunk.Choices is [var choice, ..])
        {
            var delta = choice.Delta ?? choice.Message;
            if ((delta?.Content ?? delta?.Refusal) is { Length: > 0 } text) { update.Contents.Add(new TextContent(text)); }
            tools.Add(delta?.ToolCalls);
            if (choice.FinishReason is { Length: > 0 } reason)
            {
                update.FinishReason = new ChatFinishReason(reason);
                foreach (var call in tools.Take()) { update.Contents.Add(call); }
            }
        }
        if (chunk.Usage is { } usage) { update.Contents.Add(new UsageContent(Map(usage))); }
        return update;
    }

    private static UsageDetails Map(WireUsage usage) => new()
    {
        InputTokenCount = usage.PromptTokens,
        OutputTokenCount = usage.CompletionTokens,
        TotalTokenCount = usage.TotalTokens,
        CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
        ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
    };
}
