using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.Protocol;

/// <summary>
/// When a word of a reply sounds; on the wire <c>[start_sample, duration_samples, text_start, text_end]</c>. Samples count from the generation's start, characters
/// (UTF-16) in the reply's text; <c>text_end</c> is the character behind the word.
/// </summary>
[JsonConverter(typeof(WordItemConverter))]
public readonly record struct WordItem(long StartSample, long DurationSamples, int TextStart, int TextEnd);

internal sealed class WordItemConverter : JsonConverter<WordItem>
{
    public override void Write(Utf8JsonWriter writer, WordItem value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.StartSample);
        writer.WriteNumberValue(value.DurationSamples);
        writer.WriteNumberValue(value.TextStart);
        writer.WriteNumberValue(value.TextEnd);
        writer.WriteEndArray();
    }

    public override WordItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) { throw new JsonException("A word is an array of four."); }
        reader.Read();
        var start = reader.GetInt64();
        reader.Read();
        var duration = reader.GetInt64();
        reader.Read();
        var textStart = reader.GetInt32();
        reader.Read();
        var textEnd = reader.GetInt32();
        reader.Read();
        return new WordItem(start, duration, textStart, textEnd);
    }
}
