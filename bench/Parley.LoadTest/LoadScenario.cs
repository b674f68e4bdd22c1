using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.LoadTest;

/// <summary>How people behave, read from a JSON file with these fields; what it does not name is as here.</summary>
internal sealed record LoadScenario
{
    /// <summary>The shortest time between the last word of an answer and the next of the user.</summary>
    [Range(0, 60_000)]
    public int BreathMs { get; set; } = 300;

    /// <summary>How much longer it may be, evenly spread.</summary>
    [Range(0, 60_000)]
    public int BreathSpreadMs { get; set; } = 1_400;

    /// <summary>The share of answers into which people speak.</summary>
    [Range(0.0, 1.0)]
    public double BargeIn { get; set; } = 0.1;

    /// <summary>The share of answers during which the line breaks, and is taken up again.</summary>
    [Range(0.0, 1.0)]
    public double Reconnect { get; set; } = 0.01;

    /// <summary>The time between two reports of what was heard.</summary>
    [Range(20, 10_000)]
    public int ReportMs { get; set; } = 200;

    /// <summary>What clients hold back before they play, against jitter.</summary>
    [Range(0, 1_000)]
    public int CushionMs { get; set; } = 60;

    /// <summary>Sessions that begin in a second.</summary>
    [Range(1, 10_000)]
    public int ConnectsPerSecond { get; set; } = 100;

    /// <exception cref="InvalidDataException">The file is no scenario; the message says why.</exception>
    public static LoadScenario Read(string? file)
    {
        if (file is null) { return new(); }
        try
        {
            var scenario = JsonSerializer.Deserialize(File.ReadAllText(file), LoadScenarioJson.Default.LoadScenario) ?? throw new JsonException("It is empty.");
            Validator.ValidateObject(scenario, new ValidationContext(scenario), validateAllProperties: true);
            return scenario;
        }
        catch (Exception e) when (e is JsonException or ValidationException)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(LoadScenario))]
internal sealed partial class LoadScenarioJson : JsonSerializerContext;
