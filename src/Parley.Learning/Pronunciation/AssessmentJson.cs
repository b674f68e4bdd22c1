using System.Text.Json.Serialization;

namespace Parley.Learning.Pronunciation;

/// <summary>An <see cref="Assessment"/> as JSON: snake_case, nulls kept so that every key is there, errors by their names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Assessment))]
public sealed partial class AssessmentJson : JsonSerializerContext;
