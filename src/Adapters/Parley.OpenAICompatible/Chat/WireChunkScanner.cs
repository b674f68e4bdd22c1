using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Replies.Wire;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Finds in a chunk what the gateway must know of it, without decoding its text.</summary>
internal static class WireChunkScanner
{
    /// <summary>Looks through one chunk.</summary>
    /// <param name="json">The event's data.</param>
    /// <param name="chunk">Gets the chunk and where its parts stand.</param>
    /// <param name="tells">Whether there is anything in it but the assistant's role.</param>
    /// <param name="finish">Why the answer ends, if it says so.</param>
    /// <returns>False: it is not by the book, or holds an error; then it must be decoded and put right.</returns>
    public static bool TryScan(ReadOnlyMemory<byte> json, WireChunk chunk, out bool tells, out ChatFinishReason? finish)
    {
        (tells, finish) = (false, null);
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            return TryScan(ref reader, json, chunk, ref tells, ref finish);
        }
        catch (JsonException) { return false; }
    }

    private static bool TryScan(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, WireChunk chunk, ref bool tells, ref ChatFinishReason? finish)
    {
        Range id = default, model = default, text = default;
        bool hasObject = false, hasCreated = false, hasChoices = false, hasUsage = false;
        var choices = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) { return false; }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                hasChoices = true;
                if (!TryScanChoices(ref reader, ref choices, ref text, ref tells, ref finish)) { return false; }
            }
            else if (reader.ValueTextEquals("id"u8)) { id = Value(ref reader); }
            else if (reader.ValueTextEquals("model"u8)) { model = Value(ref reader); }
            else if (reader.ValueTextEquals("object"u8)) { hasObject = Value(ref reader) is var r && !r.Equals(default(Range)); }
            else if (reader.ValueTextEquals("created"u8))
            {
                reader.Read();
                hasCreated = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out _);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("usage"u8)) { hasUsage = !IsNull(ref reader); }
            else if (reader.ValueTextEquals("error"u8)) { if (!IsNull(ref reader)) { return false; } }
            else { reader.Skip(); }
        }
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) { return false; }
        var isUsage = choices == 0;
        chunk.Set(json, id, model, text, isUsage);
        return hasObject && hasCreated && hasChoices && choices <= 1 && (!isUsage || hasUsage)
            && !id.Equals(default) && !model.Equals(default) && id.Start.Value < model.Start.Value;
    }

    private static bool TryScanChoices(ref Utf8JsonReader reader, ref int count, ref Range text, ref bool tells, ref ChatFinishReason? finish)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) { return false; }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { return false; }
            count++;
            var (hasIndex, hasDelta) = (false, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8))
                {
                    hasDelta = true;
                    if (!TryScanDelta(ref reader, ref text, ref tells)) { return false; }
                }
                else if (reader.ValueTextEquals("index"u8))
                {
                    reader.Read();
                    hasIndex = reader.TokenType == JsonTokenType.Number;
                }
                else if (reader.ValueTextEquals("finish_reason"u8))
                {
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.Null) { continue; }
                    if (reader.TokenType != JsonTokenType.String || (finish = Reason(ref reader)) is null) { return false; }
                }
                else { reader.Skip(); }
            }
            if (!hasIndex || !hasDelta) { return false; }
        }
        return true;
    }

    private static bool TryScanDelta(ref Utf8JsonReader reader, ref Range text, ref bool tells)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) { return false; }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = reader.ValueTextEquals("role"u8);
            var isContent = reader.ValueTextEquals("content"u8);
            var isCalls = reader.ValueTextEquals("tool_calls"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                var isEmpty = reader.ValueSpan.IsEmpty;
                if (isContent && !isEmpty) { text = (int)reader.TokenStartIndex..(int)reader.BytesConsumed; }
                tells |= !isRole && !isEmpty;
            }
            else if (isContent && reader.TokenType != JsonTokenType.Null) { return false; }
            else if (isCalls && reader.TokenType != JsonTokenType.Null)
            {
                if (!TryScanCalls(ref reader, ref tells)) { return false; }
            }
            else { tells |= Holds(ref reader); }
        }
        return true;
    }

    /// <summary>Without an index nobody can tell whose piece it is.</summary>
    private static bool TryScanCalls(ref Utf8JsonReader reader, ref bool tells)
    {
        if (reader.TokenType != JsonTokenType.StartArray) { return false; }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) { return false; }
            (tells, var hasIndex) = (true, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIndex = reader.ValueTextEquals("index"u8);
                reader.Read();
                hasIndex |= isIndex && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _);
                reader.Skip();
            }
            if (!hasIndex) { return false; }
        }
        return true;
    }

    /// <summary>Whether there is anything in a value that is no string; passes over it.</summary>
    private static bool Holds(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.False) { return false; }
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) { return true; }
        var depth = reader.CurrentDepth;
        reader.Read();
        var holds = reader.CurrentDepth > depth;
        while (reader.CurrentDepth > depth) { reader.Read(); }
        return holds;
    }

    private static ChatFinishReason? Reason(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("stop"u8) ? ChatFinishReason.Stop
        : reader.ValueTextEquals("length"u8) ? ChatFinishReason.Length
        : reader.ValueTextEquals("tool_calls"u8) ? ChatFinishReason.ToolCalls
        : reader.ValueTextEquals("content_filter"u8) ? ChatFinishReason.ContentFilter : null;

    /// <summary>The range of a string with its quotes; an empty one where the value is none.</summary>
    private static Range Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) { return (int)reader.TokenStartIndex..(int)reader.BytesConsumed; }
        reader.Skip();
        return default;
    }

    private static bool IsNull(ref Utf8JsonReader reader)
    {
        reader.Read();
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull;
    }
}
