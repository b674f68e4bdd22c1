using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Puts tool calls together whose arguments come in pieces. Not thread-safe: one per answer.</summary>
internal sealed class ToolCallBuffer
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public void Add(IReadOnlyList<WireToolCall>? pieces)
    {
        for (var i = 0; i < (pieces?.Count ?? 0); i++)
        {
            var piece = pieces![i];
            var index = piece.Index ?? i;
            var call = _calls.TryGetValue(index, out var known) ? known : (Id: "", Name: "", Arguments: new StringBuilder());
            call.Arguments.Append(piece.Function?.Arguments);
            _calls[index] = (piece.Id is { Length: > 0 } id ? id : call.Id, piece.Function?.Name is { Length: > 0 } name ? name : call.Name, call.Arguments);
        }
    }

    /// <summary>The calls, whole; and none are left.</summary>
    /// <exception cref="JsonException">A call's arguments are no JSON object.</exception>
    public IList<AIContent> Take()
    {
        var calls = _calls.Values.Select(AIContent (c) => new FunctionCallContent(c.Id, c.Name, Parse(c.Arguments.ToString()))).ToList();
        _calls.Clear();
        return calls;
    }

    private static Dictionary<string, object?>? Parse(string arguments) =>
        string.IsNullOrWhiteSpace(arguments) ? null : JsonSerializer.Deserialize(arguments, WireJsonContext.Default.DictionaryStringObject);
}
