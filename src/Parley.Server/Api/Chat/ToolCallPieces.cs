using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Parley.Server.Api.Chat;

/// <summary>Tool calls that come whole, or whose arguments come in pieces. Not thread-safe.</summary>
internal sealed class ToolCallPieces
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _pieces = [];
    private readonly List<FunctionCallContent> _whole = [];

    public int Count => _pieces.Count + _whole.Count;

    public void Add(FunctionCallContent call) => _whole.Add(call);

    /// <summary>Takes the <c>tool_calls</c> of a delta by the book: each with its index.</summary>
    public void Add(JsonArray calls)
    {
        foreach (var call in calls.OfType<JsonObject>())
        {
            var index = call["index"]!.GetValue<int>();
            var known = _pieces.TryGetValue(index, out var piece) ? piece : ("", "", new StringBuilder());
            var function = call["function"] as JsonObject;
            known.Item3.Append(Text(function, "arguments"));
            _pieces[index] = (Text(call, "id") ?? known.Item1, Text(function, "name") ?? known.Item2, known.Item3);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Count == 0) { return; }
        json.WriteStartArray("tool_calls"u8);
        foreach (var (index, (id, name, arguments)) in _pieces)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id.Length > 0 ? id : $"call_{index}");
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, name);
            json.WriteString("arguments"u8, arguments.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        foreach (var call in _whole)
        {
            json.WriteStartObject();
            ToolCallJson.Write(json, call);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string? Text(JsonObject? item, string key) =>
        item?[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
