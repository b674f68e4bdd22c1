using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary>The reasons that clients know; several of them throw at any other.</summary>
internal static class FinishReasons
{
    public static string Of(ChatFinishReason? reason) => reason?.Value switch
    {
        "length" => "length",
        "tool_calls" => "tool_calls",
        "content_filter" => "content_filter",
        "function_call" => "function_call",
        _ => "stop",
    };
}
