using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools;

/// <summary>A call of a tool and what came of it, as the conversation's history keeps it.</summary>
/// <param name="CallId">The model's id for the call; some servers use one again in a later reply.</param>
/// <param name="Name">The tool, as the model named it.</param>
/// <param name="Arguments">A JSON object.</param>
public sealed record ToolExchange(string CallId, string Name, JsonElement Arguments)
{
    private const string NoResultYet = "The tool is still running. Its result is not known yet.";

    private static readonly JsonSerializerOptions s_compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public ToolOutcome Outcome { get; init; }

    /// <summary>What the model reads; null while the tool runs.</summary>
    public string? Result { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The call of a model.</summary>
    public static ToolExchange Of(FunctionCallContent call) =>
        new(call.CallId, call.Name, JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>(), s_compact));

    /// <summary>The assistant's message with the call.</summary>
    public ChatMessage ToCallMessage() => new(ChatRole.Assistant,
        [new FunctionCallContent(CallId, Name, Arguments.EnumerateObject().ToDictionary(a => a.Name, object? (a) => a.Value))]);

    /// <summary>The tool's message, which must follow it.</summary>
    public ChatMessage ToResultMessage() => new(ChatRole.Tool, [new FunctionResultContent(CallId, Result ?? NoResultYet)]);
}
