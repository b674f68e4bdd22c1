using System.Text.Json;
using Parley.Core.Tests.OpenAICompatible;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>Chunks by the book, as large servers send them.</summary>
internal static class WireChunks
{
    public const string Usage = """{"id":"up-1","object":"chat.completion.chunk","created":1700000000,"model":"upstream-model","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    public static string Role => Delta("""{"role":"assistant","content":""}""");

    public static string Text(string text) => Delta($$"""{"content":"{{JsonEncodedText.Encode(text)}}"}""");

    public static string Delta(string delta) => Chunk(delta, "null");

    public static string Finish(string reason = "stop") => Chunk("{}", $"\"{reason}\"");

    /// <summary>A whole good answer.</summary>
    public static Task AnswerAsync(LoopbackServer.Exchange exchange) => SendAsync(exchange, Role, Text("Hello"), Text(" there"), Text("."), Finish(), Usage, "[DONE]");

    public static async Task SendAsync(LoopbackServer.Exchange exchange, params string[] events)
    {
        await exchange.BeginEventsAsync();
        foreach (var data in events) { await exchange.EventAsync(data); }
        await exchange.EndAsync();
    }

    /// <summary>The text of a whole stream of events.</summary>
    public static string TextOf(string events) => string.Concat(
        events.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e["data: ".Length..]).Where(e => e != "[DONE]")
            .SelectMany(e => JsonDocument.Parse(e).RootElement.GetProperty("choices").EnumerateArray())
            .Select(c => c.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : ""));

    private static string Chunk(string delta, string reason) =>
        $$"""{"id":"up-1","object":"chat.completion.chunk","created":1700000000,"model":"upstream-model","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{reason}}}],"usage":null}""";
}
