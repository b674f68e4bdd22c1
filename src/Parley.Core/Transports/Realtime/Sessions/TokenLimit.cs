using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>The longest answer, in tokens of the model; <c>inf</c> on the wire where there is no limit.</summary>
[JsonConverter(typeof(TokenLimitConverter))]
internal readonly record struct TokenLimit(int? Count);

internal sealed class TokenLimitConverter : JsonConverter<TokenLimit>
{
    public override TokenLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when reader.ValueTextEquals("inf"u8) => default,
        JsonTokenType.Number when reader.TryGetInt32(out var count) && count > 0 => new TokenLimit(count),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, TokenLimit value, JsonSerializerOptions options)
    {
        if (value.Count is { } count) { writer.WriteNumberValue(count); } else { writer.WriteStringValue("inf"u8); }
    }
}
