using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;

namespace Parley.Server.Api.Chat;

/// <summary>The messages of a request, read only when somebody looks at them: an engine that sends the request on as it is never does.</summary>
/// <param name="json">The array of messages, already checked.</param>
/// <remarks>
/// Thread-safe. Of a message's parts, text and images are kept; others mean nothing to an engine that does not read the request itself. An image that is
/// none throws where the messages are looked at, as the client's mistake and not the engine's.
/// </remarks>
internal sealed class ClientMessages(ReadOnlyMemory<byte> json) : IReadOnlyList<ChatMessage>
{
    private readonly Lazy<List<ChatMessage>> _messages = new(() => Read(json));

    public ChatMessage this[int index] => _messages.Value[index];

    public int Count => _messages.Value.Count;

    public IEnumerator<ChatMessage> GetEnumerator() => _messages.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static List<ChatMessage> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static ChatMessage Read(JsonElement message, int index)
    {
        var role = message.GetProperty("role").GetString()!;
        if (role == "tool")
        {
            var id = message.TryGetProperty("tool_call_id", out var call) ? call.GetString() : null;
            return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id ?? "", string.Concat(Contents(message, index).OfType<TextContent>().Select(t => t.Text)))]);
        }
        var read = new ChatMessage(role == "developer" ? ChatRole.System : new ChatRole(role), [.. Contents(message, index)]);
        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in calls.EnumerateArray()) { if (ToCall(item) is { } content) { read.Contents.Add(content); } }
        }
        return read;
    }

    private static IEnumerable<AIContent> Contents(JsonElement message, int index)
    {
        if (!message.TryGetProperty("content", out var content)) { yield break; }
        if (content.ValueKind == JsonValueKind.String) { yield return new TextContent(content.GetString()); }
        if (content.ValueKind != JsonValueKind.Array) { yield break; }
        foreach (var part in content.EnumerateArray())
        {
            if (Text(part, "text") is { } text) { yield return new TextContent(text); }
            else if (part.TryGetProperty("image_url", out var image) && Text(image, "url") is { } url)
            {
                if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) { yield return Data(url, $"messages[{index}].content"); }
                else if (Uri.TryCreate(url, UriKind.Absolute, out var uri)) { yield return new UriContent(uri, "image/*"); }
            }
        }
    }

    private static DataContent Data(string url, string field)
    {
        try { return new DataContent(url); }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // Without the cause: it may quote what was sent.
            throw new VoiceException(VoiceStage.Reply, $"An image in '{field}' is no data URL.") { Class = FailureClass.UserInput, Refusal = new Refusal(null, "invalid_value", field) };
        }
    }

    private static FunctionCallContent? ToCall(JsonElement call) =>
        call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var function) && Text(function, "name") is { } name
            ? FunctionCallContent.CreateFromParsedArguments(Text(function, "arguments") ?? "{}", Text(call, "id") ?? "", name, Arguments) : null;

    private static Dictionary<string, object?>? Arguments(string json) => JsonSerializer.Deserialize(json, ChatJson.Default.DictionaryStringObject);

    private static string? Text(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
