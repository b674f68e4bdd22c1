using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.Protocol;

/// <summary>A word and how well it was pronounced, 0 to 100; in JSON an array of the two.</summary>
[JsonConverter(typeof(WordScoreConverter))]
public readonly record struct WordScore(string Word, double Score);

internal sealed class WordScoreConverter : JsonConverter<WordScore>
{
    public override void Write(Utf8JsonWriter writer, WordScore value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Word);
        writer.WriteNumberValue(value.Score);
        writer.WriteEndArray();
    }

    public override WordScore Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) { throw new JsonException("A word's score is an array of two."); }
        reader.Read();
        var word = reader.GetString() ?? throw new JsonException("A word's score begins with the word.");
        reader.Read();
        var score = reader.GetDouble();
        reader.Read();
        return new WordScore(word, score);
    }
}
