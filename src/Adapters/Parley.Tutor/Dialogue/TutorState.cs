using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Tutor.Dialogue;

/// <summary>Where a conversation stands; travels as a string on the assistant's message, so that the client itself holds nothing.</summary>
internal sealed record TutorState
{
    [JsonPropertyName("s")]
    public required string Scenario { get; init; }

    [JsonPropertyName("n")]
    public required string Node { get; init; }

    [JsonPropertyName("t")]
    public int Turn { get; init; }

    /// <summary>Turns in a row at this node that led nowhere.</summary>
    [JsonPropertyName("f")]
    public int Failures { get; init; }

    /// <summary>How often the scenario was begun anew.</summary>
    [JsonPropertyName("r")]
    public int Round { get; init; }

    [JsonPropertyName("v")]
    public IReadOnlyDictionary<string, string> Slots { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    [JsonPropertyName("g")]
    public IReadOnlyList<string> Goals { get; init => field = value ?? []; } = [];

    /// <summary>The nodes left behind.</summary>
    [JsonPropertyName("p")]
    public IReadOnlyList<string> Passed { get; init => field = value ?? []; } = [];

    public override string ToString() => JsonSerializer.Serialize(this, TutorStateJsonContext.Default.TutorState);

    /// <summary>The state that <see cref="ToString"/> gave; null for anything else.</summary>
    public static TutorState? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) { return null; }
        try { return JsonSerializer.Deserialize(text, TutorStateJsonContext.Default.TutorState); }
        catch (JsonException) { return null; }
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TutorState))]
internal sealed partial class TutorStateJsonContext : JsonSerializerContext;
