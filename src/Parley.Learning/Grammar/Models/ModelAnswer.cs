using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Learning.Grammar.Models;

/// <summary>What a model answers.</summary>
/// <param name="Corrected">The whole text, corrected.</param>
/// <param name="Notes">Why, for the changes it likes to explain.</param>
internal sealed record ModelAnswer(string? Corrected, IReadOnlyList<ModelNote>? Notes)
{
    /// <summary>The schema that the answer is asked for in.</summary>
    public static JsonElement Schema { get; } = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "corrected": { "type": "string" },
            "notes": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": { "original": { "type": "string" }, "correction": { "type": "string" }, "why": { "type": "string" } },
                "required": ["original", "correction", "why"],
                "additionalProperties": false
              }
            }
          },
          "required": ["corrected", "notes"],
          "additionalProperties": false
        }
        """);

    /// <summary>Reads an answer, also where a model puts it between marks of code.</summary>
    /// <exception cref="JsonException">It is not of the schema.</exception>
    public static ModelAnswer Read(string text)
    {
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        var answer = start >= 0 && end > start ? JsonSerializer.Deserialize(text[start..(end + 1)], ModelAnswerJson.Default.ModelAnswer) : null;
        return answer?.Corrected is null ? throw new JsonException("The answer has no 'corrected'.") : answer;
    }
}

/// <summary>A change and why, in simple English.</summary>
internal sealed record ModelNote(string? Original, string? Correction, string? Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(ModelQuestion))]
internal sealed partial class ModelAnswerJson : JsonSerializerContext;
