using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Replies.Wire;

namespace Parley.Server.Api.Chat;

/// <summary>Writes the chunks of one answer, all with the same id and model.</summary>
/// <remarks>Not thread-safe: one per answer.</remarks>
internal sealed class ChunkEncoder(string id, string model, long created, bool includeUsage) : IDisposable
{
    // Readable characters stay as they are: the text is read by programs, not by browsers.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly byte[] _id = Quoted(id), _model = Quoted(model);
    private Utf8JsonWriter? _json;
    private int _toolCalls;

    public string Id => id;

    public string Model => model;

    public long Created => created;

    /// <summary>Whether the client asked for token counts.</summary>
    public bool IncludesUsage => includeUsage;

    /// <summary>Whether there is something in an update that goes into a delta.</summary>
    public static bool Tells(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 } or FunctionCallContent) { return true; }
        }
        return false;
    }

    /// <summary>Writes a server's chunk as an event, with this answer's id and model in the place of its own.</summary>
    public void Splice(IBufferWriter<byte> output, WireChunk chunk)
    {
        var json = chunk.Json.Span;
        var target = output.GetSpan("data: "u8.Length + json.Length + _id.Length + _model.Length + 2);
        var at = 0;
        Copy("data: "u8, target, ref at);
        Copy(json[..chunk.Id.Start], target, ref at);
        Copy(_id, target, ref at);
        Copy(json[chunk.Id.End..chunk.Model.Start], target, ref at);
        Copy(_model, target, ref at);
        Copy(json[chunk.Model.End..], target, ref at);
        Copy("\n\n"u8, target, ref at);
        output.Advance(at);
    }

    /// <summary>The event that an answer begins with.</summary>
    public ReadOnlyMemory<byte> RoleEvent()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("data: "u8);
        Write(output, static (json, _) =>
        {
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, ""u8);
        }, 0);
        output.Write("\n\n"u8);
        return output.WrittenMemory;
    }

    public void WriteDelta(IBufferWriter<byte> output, ChatResponseUpdate update) => Write(output, (json, u) =>
    {
        if (u.Text is { Length: > 0 } text) { json.WriteString("content"u8, text); }
        var thought = string.Concat(u.Contents.OfType<TextReasoningContent>().Select(r => r.Text));
        if (thought.Length > 0) { json.WriteString("reasoning_content"u8, thought); }
        WriteCalls(json, u);
    }, update);

    public void WriteFinish(IBufferWriter<byte> output, ChatFinishReason reason) => Write(output, static (_, _) => { }, 0, FinishReasons.Of(reason));

    public void WriteUsage(IBufferWriter<byte> output, UsageDetails? usage)
    {
        var json = Begin(output);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        UsageJson.Write(json, usage);
        End(json);
    }

    public void Dispose() => _json?.Dispose();

    private void Write<T>(IBufferWriter<byte> output, Action<Utf8JsonWriter, T> delta, T value, string? finishReason = null)
    {
        var json = Begin(output);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("delta"u8);
        delta(json, value);
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        if (finishReason is null) { json.WriteNull("finish_reason"u8); } else { json.WriteString("finish_reason"u8, finishReason); }
        json.WriteEndObject();
        json.WriteEndArray();
        if (includeUsage) { json.WriteNull("usage"u8); }
        End(json);
    }

    private Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        if (_json is null) { _json = new Utf8JsonWriter(output, s_options); } else { _json.Reset(output); }
        _json.WriteStartObject();
        _json.WritePropertyName("id"u8);
        _json.WriteRawValue(_id, skipInputValidation: true);
        _json.WriteString("object"u8, "chat.completion.chunk"u8);
        _json.WriteNumber("created"u8, created);
        _json.WritePropertyName("model"u8);
        _json.WriteRawValue(_model, skipInputValidation: true);
        return _json;
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
    }

    private void WriteCalls(Utf8JsonWriter json, ChatResponseUpdate update)
    {
        var calls = update.Contents.OfType<FunctionCallContent>().ToList();
        if (calls.Count == 0) { return; }
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, _toolCalls++);
            ToolCallJson.Write(json, call);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    private static void Copy(ReadOnlySpan<byte> bytes, Span<byte> target, ref int at)
    {
        bytes.CopyTo(target[at..]);
        at += bytes.Length;
    }
}
