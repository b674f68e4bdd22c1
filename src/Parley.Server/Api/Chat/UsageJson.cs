using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary>Writes token counts. An engine that counts none, such as a scripted one, has used none.</summary>
internal static class UsageJson
{
    public static void Write(Utf8JsonWriter json, UsageDetails? usage)
    {
        var (prompt, completion) = (usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, prompt);
        json.WriteNumber("completion_tokens"u8, completion);
        json.WriteNumber("total_tokens"u8, usage?.TotalTokenCount ?? prompt + completion);
        WriteDetail(json, "prompt_tokens_details", "cached_tokens", usage?.CachedInputTokenCount);
        WriteDetail(json, "completion_tokens_details", "reasoning_tokens", usage?.ReasoningTokenCount);
        json.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter json, string name, string key, long? count)
    {
        if (count is not { } value) { return; }
        json.WriteStartObject(name);
        json.WriteNumber(key, value);
        json.WriteEndObject();
    }
}
