using System.Text.Json;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>The wire's chunks, as servers send them.</summary>
internal static class Chunks
{
    public static string Role => """{"id":"chatcmpl-1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}""";

    public static string Usage => """{"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4}}}""";

    public static string Text(string text) =>
        $$$"""{"id":"chatcmpl-1","model":"m","choices":[{"index":0,"delta":{"content":"{{{JsonEncodedText.Encode(text)}}}"},"finish_reason":null}]}""";

    public static string Finish(string reason = "stop") =>
        $$$"""{"id":"chatcmpl-1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""";

    /// <summary>A whole good answer.</summary>
    public static async Task AnswerAsync(LoopbackServer.Exchange exchange)
    {
        await exchange.BeginEventsAsync();
        foreach (var data in new[] { Role, Text("Hello"), Text(" there"), Text("."), Finish(), Usage, "[DONE]" }) { await exchange.EventAsync(data); }
        await exchange.EndAsync();
    }
}
