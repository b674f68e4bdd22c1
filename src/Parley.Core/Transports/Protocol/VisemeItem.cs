using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Tts;

namespace Parley.Transports.Protocol;

/// <summary>A mouth shape on the wire: <c>[start_sample, duration_samples, viseme, weight]</c>, samples counted from the generation's start.</summary>
[JsonConverter(typeof(VisemeItemConverter))]
public readonly record struct VisemeItem(long StartSample, long DurationSamples, Viseme Viseme, float Weight);

internal sealed class VisemeItemConverter : JsonConverter<VisemeItem>
{
    private static readonly JsonEncodedText[] s_names =
        [.. Enum.GetNames<Viseme>().Select(n => JsonEncodedText.Encode(n.ToLowerInvariant()))];

    public override void Write(Utf8JsonWriter writer, VisemeItem value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.StartSample);
        writer.WriteNumberValue(value.DurationSamples);
        writer.WriteStringValue(s_names[(int)value.Viseme]);
        writer.WriteNumberValue(value.Weight);
        writer.WriteEndArray();
    }

    public override VisemeItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) { throw new JsonException("A viseme item is an array of four."); }
        reader.Read();
        var start = reader.GetInt64();
        reader.Read();
        var duration = reader.GetInt64();
        reader.Read();
        if (!Enum.TryParse<Viseme>(reader.GetString(), ignoreCase: true, out var viseme)) { throw new JsonException("Unknown viseme."); }
        reader.Read();
        var weight = reader.GetSingle();
        reader.Read();
        return new VisemeItem(start, duration, viseme, weight);
    }
}
