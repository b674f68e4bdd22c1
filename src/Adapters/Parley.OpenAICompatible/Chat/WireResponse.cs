using System.Text.Json;

namespace Parley.OpenAICompatible.Chat;

/// <summary>A chunk of the stream, or a whole answer where the server does not stream: then a choice has a message instead of a delta.</summary>
internal sealed record WireResponse
{
    public string? Id { get; init; }
    public string? Model { get; init; }
    public IReadOnlyList<WireChoice>? Choices { get; init; }
    public WireUsage? Usage { get; init; }

    /// <summary>An object by the book; some servers send a string.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>Whether the model has given something in it, be it a piece that nothing can be made of yet.</summary>
    public bool Tells => Choices is [var choice, ..] && (choice.Delta ?? choice.Message) is { Tells: true };

    public bool HasError => Error is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };
}

internal sealed record WireChoice
{
    public int Index { get; init; }
    public WireDelta? Delta { get; init; }
    public WireDelta? Message { get; init; }
    public string? FinishReason { get; init; }
}

internal sealed record WireDelta
{
    public string? Content { get; init; }
    public string? Refusal { get; init; }
    public IReadOnlyList<WireToolCall>? ToolCalls { get; init; }

    /// <summary>What reasoning models think aloud, under the names that servers give it.</summary>
    public JsonElement? Reasoning { get; init; }
    public JsonElement? ReasoningContent { get; init; }

    public bool Tells =>
        Content is { Length: > 0 } || Refusal is { Length: > 0 } || ToolCalls is { Count: > 0 } || IsText(Reasoning) || IsText(ReasoningContent);

    private static bool IsText(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && !text.ValueEquals("");
}

internal sealed record WireUsage
{
    public long? PromptTokens { get; init; }
    public long? CompletionTokens { get; init; }
    public long? TotalTokens { get; init; }
    public WirePromptDetails? PromptTokensDetails { get; init; }
    public WireCompletionDetails? CompletionTokensDetails { get; init; }
}

internal sealed record WirePromptDetails(long? CachedTokens);

internal sealed record WireCompletionDetails(long? ReasoningTokens);
