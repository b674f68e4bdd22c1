using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.OpenAICompatible.Chat;

/// <summary>The body of <c>POST /v1/chat/completions</c>; what is null is left out.</summary>
internal sealed record WireRequestBody
{
    public required string Model { get; init; }
    public required IReadOnlyList<WireMessage> Messages { get; init; }
    public bool Stream { get; init; } = true;
    public WireStreamOptions? StreamOptions { get; init; }
    public int? MaxTokens { get; init; }
    public int? MaxCompletionTokens { get; init; }
    public float? Temperature { get; init; }
    public float? TopP { get; init; }
    public float? FrequencyPenalty { get; init; }
    public float? PresencePenalty { get; init; }
    public long? Seed { get; init; }
    public IList<string>? Stop { get; init; }
    public IReadOnlyList<WireTool>? Tools { get; init; }
    public JsonNode? ToolChoice { get; init; }
    public bool? ParallelToolCalls { get; init; }
}

internal sealed record WireStreamOptions(bool IncludeUsage);

internal sealed record WireMessage(string Role, string? Content)
{
    public IReadOnlyList<WireToolCall>? ToolCalls { get; init; }
    public string? ToolCallId { get; init; }
}

internal sealed record WireTool(string Type, WireFunctionDeclaration Function);

internal sealed record WireFunctionDeclaration(string Name, string? Description, JsonElement Parameters);

internal sealed record WireToolCall(int? Index, string? Id, string? Type, WireFunction? Function);

internal sealed record WireFunction(string? Name, string? Arguments);
