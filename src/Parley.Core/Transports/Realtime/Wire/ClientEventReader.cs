using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Transports.Realtime.Wire;

/// <summary>Reads a text frame into an event, or into the reason why it is none. Never throws.</summary>
internal static class ClientEventReader
{
    private static readonly JsonTypeInfo<ClientEvent> s_type = RealtimeJson.Default.ClientEvent;

    private static readonly HashSet<string> s_known =
        [.. s_type.PolymorphismOptions!.DerivedTypes.Select(t => (string)t.TypeDiscriminator!)];

    public static (ClientEvent? Event, RealtimeError? Fault) Read(ReadOnlySpan<byte> utf8)
    {
        string? type, eventId;
        try
        {
            (type, eventId) = Inspect(utf8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, RealtimeError.Invalid("invalid_json", "The event is not one JSON object in UTF-8."));
        }
        if (type is null) { return (null, RealtimeError.Missing("type") with { EventId = eventId }); }
        if (!s_known.Contains(type))
        {
            return (null, RealtimeError.BadValue("type", $"There is no event of type '{Shorten(type)}' here.") with { EventId = eventId });
        }

        try
        {
            return (JsonSerializer.Deserialize(utf8, s_type), null);
        }
        catch (JsonException e)
        {
            var path = FieldPath(null, e.Path);
            return (null, RealtimeError.BadValue(path, $"'{path}' has a wrong type or value.") with { EventId = eventId });
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NotSupportedException)
        {
            return (null, RealtimeError.Invalid("invalid_value", "A field has a wrong type or value.") with { EventId = eventId });
        }
    }

    /// <summary>A field's path as clients know it, from that of the JSON reader.</summary>
    public static string FieldPath(string? root, string? path)
    {
        var inner = path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        return Shorten(root is null ? inner : inner.Length == 0 ? root : $"{root}.{inner}");
    }

    /// <summary>Walks the whole text, so that broken JSON is told from a wrong field, and picks out what names the event.</summary>
    private static (string? Type, string? EventId) Inspect(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        string? type = null, eventId = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) { throw new JsonException(); }
        while (reader.Read())
        {
            // An escape may name half of a surrogate pair, which could be read but never written again.
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) { reader.GetString(); }
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) { continue; }
            if (reader.ValueTextEquals("type"u8)) { type = ReadText(ref reader); }
            else if (reader.ValueTextEquals("event_id"u8)) { eventId = ReadText(ref reader); }
        }
        return (type, eventId);
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80];
}
