using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary>The messages of a request, read only when somebody looks at them: an engine that sends the request on as it is never does.</summary>
/// <param name="json">The array of messages, already checked.</param>
/// <remarks>Thread-safe. Of a message's parts, text and images are kept; others mean nothing to an engine that does not read the request itself.</remarks>
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
        try
        {
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON allows to write it, and no string can hold it.
            throw new ApiException(ApiError.BadField("messages", "A message holds text that is not valid Unicode."));
        }
    }

    private static ChatMessage Read(JsonElement message)
    {
        var role = message.GetProperty("role").GetString()!;
        if (role == "tool")
        {
            var id = message.TryGetProperty("tool_call_id", out var call) ? call.GetString() : null;
            return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id ?? "", TextOf(message))]);
        }
        var read = new ChatMessage(role == "developer" ? ChatRole.System : new ChatRole(role), [.. Contents(message)]);
        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in calls.EnumerateArray()) { if (ToCall(item) is { } content) { read.Contents.Add(content); } }
        }
        return read;
    }

    private static IEnumerable<AIContent> Contents(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content)) { yield break; }
        if (content.ValueKind == JsonValueKind.String) { yield return new TextContent(content.GetString()); }
        if (content.ValueKind != JsonValueKind.Array) { yield break; }
        foreach (var part in content.EnumerateArray())
        {
            if (Text(part, "text") is { } text) { yield return new TextContent(text); }
            else if (part.TryGetProperty("image_url", out var image) && Text(image, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri))
            {
                yield return url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new DataContent(url) : new UriContent(uri, "image/*");
            }
        }
    }

    private static string TextOf(JsonElement message) => string.Concat(Contents(message).OfType<TextContent>().Select(t => t.Text));

    private static FunctionCallContent? ToCall(JsonElement call) =>
        call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var function) && Text(function, "name") is { } name
            ? FunctionCallContent.CreateFromParsedArguments(Text(function, "arguments") ?? "{}", Text(call, "id") ?? "", name, Arguments) : null;

    private static Dictionary<string, object?>? Arguments(string json) => JsonSerializer.Deserialize(json, ChatJson.Default.DictionaryStringObject);

    private static string? Text(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
