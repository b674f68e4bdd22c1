using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Parley.OpenAICompatible.Chat;

/// <summary>From the abstractions' words to the wire's. Of a message's contents, text, tool calls and tool results are sent, the rest is left out.</summary>
internal static class ChatRequestMapper
{
    public static WireRequestBody Map(IEnumerable<ChatMessage> messages, ChatOptions? call, ChatEngineOptions options)
    {
        var limit = call?.MaxOutputTokens ?? options.MaxOutputTokens;
        IReadOnlyList<WireTool> tools = [.. (call?.Tools ?? []).OfType<AIFunctionDeclaration>()
            .Select(t => new WireTool("function", new WireFunctionDeclaration(t.Name, t.Description, t.JsonSchema)))];
        return new WireRequestBody
        {
            Model = call?.ModelId ?? options.Model,
            Messages = Instruct([.. messages.SelectMany(Map)], call?.Instructions),
            StreamOptions = options.IncludeUsage ? new WireStreamOptions(true) : null,
            MaxTokens = options.UseMaxCompletionTokens ? null : limit,
            MaxCompletionTokens = options.UseMaxCompletionTokens ? limit : null,
            Temperature = call?.Temperature ?? options.Temperature,
            TopP = call?.TopP,
            FrequencyPenalty = call?.FrequencyPenalty,
            PresencePenalty = call?.PresencePenalty,
            Seed = call?.Seed,
            Stop = call?.StopSequences is { Count: > 0 } stop ? stop : null,
            Tools = tools.Count > 0 ? tools : null,
            ToolChoice = tools.Count > 0 ? ToolChoice(call?.ToolMode) : null,
            ParallelToolCalls = tools.Count > 0 ? call?.AllowMultipleToolCalls : null,
        };
    }

    /// <summary>Adds the call's instructions to the system message, which is made where there is none: many models take only one, and only first.</summary>
    private static IReadOnlyList<WireMessage> Instruct(IReadOnlyList<WireMessage> messages, string? instructions) =>
        string.IsNullOrEmpty(instructions) ? messages
        : messages is [{ Role: "system" } system, ..] ? [system with { Content = $"{system.Content}\n{instructions}" }, .. messages.Skip(1)]
        : [new WireMessage("system", instructions), .. messages];

    private static IEnumerable<WireMessage> Map(ChatMessage message)
    {
        var results = message.Contents.OfType<FunctionResultContent>().ToList();
        if (results.Count > 0) { return results.Select(r => new WireMessage("tool", ResultOf(r)) { ToolCallId = r.CallId }); }
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(c => new WireToolCall(null, c.CallId, "function", new WireFunction(c.Name, ArgumentsOf(c)))).ToList();
        return calls.Count > 0
            ? [new WireMessage(message.Role.Value, message.Text.Length > 0 ? message.Text : null) { ToolCalls = calls }]
            : [new WireMessage(message.Role.Value, message.Text)];
    }

    private static string ArgumentsOf(FunctionCallContent call) => call.Arguments is null ? "{}"
        : JsonSerializer.Serialize(new Dictionary<string, object?>(call.Arguments), WireJsonContext.Default.DictionaryStringObject);

    private static string ResultOf(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement json => json.GetRawText(),
        var other => other.ToString() ?? "",
    };

    private static JsonNode? ToolChoice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => "none",
        AutoChatToolMode => "auto",
        RequiredChatToolMode { RequiredFunctionName: { } name } =>
            new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } },
        RequiredChatToolMode => "required",
        _ => null,
    };
}
