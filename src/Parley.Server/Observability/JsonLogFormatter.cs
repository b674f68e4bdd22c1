using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Parley.Diagnostics;

namespace Parley.Server.Observability;

/// <summary>Writes the log as an object a line: <c>time</c>, <c>level</c>, <c>category</c>, <c>event</c>, <c>message</c>, what the message is made of, and the trace that it belongs to.</summary>
/// <remarks>
/// Thread-safe. A session's lines have <c>session_id</c> and <c>trace_id</c>, a turn's <c>turn_id</c> too; those of a request that is traced have its <c>trace_id</c> and <c>span_id</c>.
/// What is said stays out of it as it stays out of the text: no message at a level above Trace holds any.
/// </remarks>
internal sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(Named)
{
    /// <summary>The name by which the console finds it.</summary>
    public const string Named = "parley-json";

    private const string Template = "{OriginalFormat}", SessionId = "SessionId";

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_json))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", LevelOf(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            if (logEntry.EventId.Name is { } name) { json.WriteString("event", name); }
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            var session = WriteParts(json, logEntry.State);
            WriteTrace(json, session);
            if (logEntry.Exception is { } e) { json.WriteString("exception", e.ToString()); }
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <returns>The session that the line is about; null: none.</returns>
    private static string? WriteParts<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> parts) { return null; }
        string? session = null;
        foreach (var (key, value) in parts)
        {
            if (key == Template || value is null) { continue; }
            if (key == SessionId) { session = value as string; }
            WritePart(json, JsonNamingPolicy.SnakeCaseLower.ConvertName(key), value);
        }
        return session;
    }

    private static void WritePart(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case bool b: json.WriteBoolean(name, b); break;
            case int or long or short or byte or uint: json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double d when double.IsFinite(d): json.WriteNumber(name, d); break;
            default: json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteTrace(Utf8JsonWriter json, string? session)
    {
        if (session is not null) { json.WriteString("trace_id", ParleyTraces.IdOf(session)); }
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } span) { return; }
        if (session is null) { json.WriteString("trace_id", span.TraceId.ToHexString()); }
        json.WriteString("span_id", span.SpanId.ToHexString());
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => level.ToString().ToLowerInvariant(),
    };
}
