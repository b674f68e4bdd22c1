using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Parley.Transports.Protocol;

/// <summary>Reads a text frame into a message, or into the reason why it is none. Never throws.</summary>
public static class ClientMessageReader
{
    private static readonly JsonTypeInfo<ClientMessage> s_type = ProtocolJson.Default.ClientMessage;

    private static readonly HashSet<string> s_known =
        [.. s_type.PolymorphismOptions!.DerivedTypes.Select(t => (string)t.TypeDiscriminator!)];

    public static ClientInput Read(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) { return new InvalidInput(ErrorCodes.BadJson, "Not valid UTF-8."); }
        try
        {
            if (FindType(utf8) is var (type, fault) && fault is not null) { return fault; }
            if (!s_known.Contains(type!)) { return new InvalidInput(ErrorCodes.UnknownType, $"There is no message of type '{Shorten(type!)}'."); }
        }
        catch (JsonException e)
        {
            return new InvalidInput(ErrorCodes.BadJson, $"Not valid JSON, line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            return new InvalidInput(ErrorCodes.BadJson, "Not valid JSON: a string holds half of a surrogate pair.");
        }

        try
        {
            var message = JsonSerializer.Deserialize(utf8, s_type)!;
            return ClientMessageRules.Check(message) ?? (ClientInput)message;
        }
        catch (JsonException e)
        {
            return new InvalidInput(ErrorCodes.BadField, $"{FieldPath(e.Path)} has a wrong type or value.");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NotSupportedException)
        {
            return new InvalidInput(ErrorCodes.BadField, "A field has a wrong type or value.");
        }
    }

    /// <summary>Walks the whole text, so that broken JSON is told from a wrong field, and picks out the type on the way.</summary>
    private static (string? Type, InvalidInput? Fault) FindType(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        string? type = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return (null, new InvalidInput(ErrorCodes.BadJson, "A message is a JSON object."));
        }
        while (reader.Read())
        {
            // An escape may still name half of a surrogate pair, which could be read but never written again.
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) { reader.GetString(); }
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("type"u8)) { continue; }
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) { return (null, new InvalidInput(ErrorCodes.BadField, "type must be a string.")); }
            type = reader.GetString();
        }
        return type is null ? (null, new InvalidInput(ErrorCodes.MissingField, "type is missing.")) : (type, null);
    }

    private static string FieldPath(string? path) => path is null or "$" ? "A field" : Shorten(path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path);

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80];
}
