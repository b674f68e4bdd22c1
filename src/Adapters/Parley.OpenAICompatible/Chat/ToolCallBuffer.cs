using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Puts tool calls together whose arguments come in pieces. Not thread-safe: one per answer.</summary>
internal sealed class ToolCallBuffer
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    /// <summary>Whether there are pieces that were not taken out.</summary>
    public bool HasAny => _calls.Count > 0;

    public void Add(IReadOnlyList<WireToolCall>? pieces)
    {
        foreach (var piece in pieces ?? [])
        {
            var index = piece.Index ?? IndexOf(piece);
            var call = _calls.TryGetValue(index, out var known) ? known : (Id: "", Name: "", Arguments: new StringBuilder());
            call.Arguments.Append(piece.Function?.Arguments);
            _calls[index] = (piece.Id is { Length: > 0 } id ? id : call.Id, piece.Function?.Name is { Length: > 0 } name ? name : call.Name, call.Arguments);
        }
    }

    /// <summary>The calls, whole; and none are left. One whose arguments are no JSON object says so in its <see cref="FunctionCallContent.Exception"/>.</summary>
    public IList<AIContent> Take()
    {
        var calls = _calls.Select(AIContent (c) => FunctionCallContent.CreateFromParsedArguments(
            c.Value.Arguments.ToString(), c.Value.Id is { Length: > 0 } id ? id : $"call_{c.Key}", c.Value.Name, Parse)).ToList();
        _calls.Clear();
        return calls;
    }

    /// <summary>For servers that send no index: a new id or a name begins a call, anything else goes on with the last one.</summary>
    private int IndexOf(WireToolCall piece)
    {
        var last = _calls.Count > 0 ? _calls.Keys.Max() : -1;
        if (piece.Id is { Length: > 0 } id) { return _calls.Where(c => c.Value.Id == id).Select(c => (int?)c.Key).FirstOrDefault() ?? last + 1; }
        return last < 0 || piece.Function?.Name is { Length: > 0 } ? last + 1 : last;
    }

    private static Dictionary<string, object?>? Parse(string arguments) =>
        string.IsNullOrWhiteSpace(arguments) ? null : JsonSerializer.Deserialize(arguments, WireJsonContext.Default.DictionaryStringObject);
}
