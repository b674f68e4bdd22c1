using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Parley.Replies.Wire;

namespace Parley.Server.Api.Chat;

/// <summary>Puts a streamed answer together for a client that wants it in one piece.</summary>
/// <remarks>
/// Not thread-safe: one per answer. Fields of a server's deltas that nobody here knows are kept too: texts are joined, lists grow, of anything else the last
/// stands.
/// </remarks>
internal sealed class WholeAnswer
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, StringBuilder> _texts = new(StringComparer.Ordinal);
    private readonly JsonObject _others = [];
    private readonly ToolCallPieces _calls = new();
    private readonly JsonArray _logprobs = [];
    private JsonNode? _rawUsage;
    private UsageDetails? _usage;
    private string? _finishReason;

    public void Add(ChatResponseUpdate update)
    {
        if (update.RawRepresentation is WireChunk chunk)
        {
            Add(JsonNode.Parse(chunk.Json.Span)!);
            return;
        }
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent text: _text.Append(text.Text); break;
                case TextReasoningContent thought: TextOf("reasoning_content").Append(thought.Text); break;
                case FunctionCallContent call: _calls.Add(call); break;
                case UsageContent usage: _usage = usage.Details; break;
            }
        }
        if (update.FinishReason is { } reason) { _finishReason = FinishReasons.Of(reason); }
    }

    /// <summary>The completion, with the answer's id and model.</summary>
    public ReadOnlyMemory<byte> ToJson(ChunkEncoder names)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("id"u8, names.Id);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, names.Created);
        json.WriteString("model"u8, names.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        WriteMessage(json);
        json.WritePropertyName("logprobs"u8);
        if (_logprobs.Count == 0) { json.WriteNullValue(); } else { new JsonObject { ["content"] = _logprobs }.WriteTo(json); }
        json.WriteString("finish_reason"u8, _finishReason ?? (_calls.Count > 0 ? "tool_calls" : "stop"));
        json.WriteEndObject();
        json.WriteEndArray();
        if (_rawUsage is null) { UsageJson.Write(json, _usage); }
        else
        {
            json.WritePropertyName("usage"u8);
            _rawUsage.WriteTo(json);
        }
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private void WriteMessage(Utf8JsonWriter json)
    {
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        if (_text.Length == 0 && (_calls.Count > 0 || _texts.ContainsKey("refusal"))) { json.WriteNull("content"u8); }
        else { json.WriteString("content"u8, _text.ToString()); }
        if (!_texts.ContainsKey("refusal")) { json.WriteNull("refusal"u8); }
        foreach (var (key, value) in _texts) { json.WriteString(key, value.ToString()); }
        foreach (var (key, value) in _others)
        {
            json.WritePropertyName(key);
            value!.WriteTo(json);
        }
        _calls.Write(json);
        json.WriteEndObject();
    }

    private void Add(JsonNode chunk)
    {
        if (chunk["usage"] is { } usage) { _rawUsage = usage.DeepClone(); }
        if (chunk["choices"] is not JsonArray { Count: > 0 } choices || choices[0] is not JsonObject choice) { return; }
        if (choice["delta"] is JsonObject delta)
        {
            foreach (var (key, value) in delta) { Add(key, value); }
        }
        if (choice["logprobs"]?["content"] is JsonArray logprobs) { foreach (var item in logprobs) { _logprobs.Add(item?.DeepClone()); } }
        if (choice["finish_reason"] is JsonValue reason) { _finishReason = FinishReasons.Of(new ChatFinishReason(reason.GetValue<string>())); }
    }

    private void Add(string key, JsonNode? value)
    {
        switch (value)
        {
            case null: break;
            case JsonArray calls when key == "tool_calls": _calls.Add(calls); break;
            case JsonArray list when _others[key] is JsonArray known: foreach (var item in list) { known.Add(item?.DeepClone()); } break;
            case JsonValue piece when piece.TryGetValue<string>(out var text):
                if (key != "role") { (key == "content" ? _text : TextOf(key)).Append(text); }
                break;
            default: _others[key] = value.DeepClone(); break;
        }
    }

    private StringBuilder TextOf(string key) => _texts.TryGetValue(key, out var known) ? known : _texts[key] = new StringBuilder();
}
