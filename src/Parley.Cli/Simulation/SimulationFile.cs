using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.Policy.Ranking;

namespace Parley.Cli.Simulation;

/// <summary>Reads engines that the policy is to be tried on: <c>{"asr": [{"name": …}], "reply": […], "tts": […]}</c>.</summary>
internal static class SimulationFile
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    /// <summary>The engines by stage.</summary>
    /// <exception cref="UsageException">The file is missing or wrong; the message says where.</exception>
    public static IReadOnlyDictionary<VoiceStage, IReadOnlyList<PolicyCandidate>> Read(string path)
    {
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or UsageException)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    /// <summary>A house with a quick and a good engine for each stage, and services elsewhere, with what a busy afternoon might measure.</summary>
    public static IReadOnlyDictionary<VoiceStage, IReadOnlyList<PolicyCandidate>> Example { get; } = Parse("""
        {
          "asr": [
            {"name": "pocketsphinx", "latency_ms": 120, "accuracy": 0.35, "capacity": 2, "languages": ["en"], "readings": {"calls": 400, "ewma_ms": 118, "p95_ms": 186}},
            {"name": "zipformer", "priority": 10, "latency_ms": 150, "accuracy": 0.8, "capacity": 4, "languages": ["en", "zh"], "readings": {"calls": 90, "in_flight": 1, "ewma_ms": 140, "p95_ms": 210}},
            {"name": "whisper-cloud", "priority": 10, "local": false, "cost": 0.6, "latency_ms": 700, "accuracy": 0.92, "privacy": 0.3, "readings": {"calls": 60, "ewma_ms": 640, "p95_ms": 1100}}
          ],
          "reply": [
            {"name": "tutor", "latency_ms": 1, "accuracy": 0.4, "capacity": 1000, "languages": ["en"]},
            {"name": "llama-house", "priority": 10, "latency_ms": 600, "accuracy": 0.7, "capacity": 4, "readings": {"calls": 200, "in_flight": 3, "ewma_ms": 780, "p95_ms": 1900}},
            {"name": "large-cloud", "priority": 10, "local": false, "cost": 2, "latency_ms": 850, "accuracy": 0.92, "privacy": 0.3, "readings": {"calls": 150, "failures": 6, "ewma_ms": 820, "p95_ms": 1500, "failure_rate": 0.04}}
          ],
          "tts": [
            {"name": "espeak-ng", "latency_ms": 20, "accuracy": 0.3, "capacity": 4},
            {"name": "flite", "priority": 5, "latency_ms": 10, "accuracy": 0.45, "capacity": 1, "languages": ["en"], "readings": {"calls": 800, "ewma_ms": 7, "p95_ms": 15}},
            {"name": "voice-cloud", "priority": 10, "local": false, "cost": 4, "latency_ms": 250, "accuracy": 0.95, "privacy": 0.3, "readings": {"calls": 80, "ewma_ms": 320, "p95_ms": 2600}}
          ]
        }
        """);

    private static Dictionary<VoiceStage, IReadOnlyList<PolicyCandidate>> Parse(string json)
    {
        var stages = JsonSerializer.Deserialize<Dictionary<string, SimulatedEngine[]>>(json, s_options) ?? throw new UsageException("it is null.");
        var parsed = new Dictionary<VoiceStage, IReadOnlyList<PolicyCandidate>>();
        foreach (var (name, engines) in stages)
        {
            if (!Enum.TryParse<VoiceStage>(name, ignoreCase: true, out var stage) || stage is not (VoiceStage.Asr or VoiceStage.Reply or VoiceStage.Tts or VoiceStage.Vad))
            {
                throw new UsageException($"'{name}' is no stage; there are vad, asr, reply and tts.");
            }
            parsed[stage] = [.. (engines ?? []).Select(e => Checked(e.ToCandidate(stage)))];
        }
        return parsed;
    }

    private static PolicyCandidate Checked(PolicyCandidate candidate)
    {
        var faults = new List<ValidationResult>();
        if (string.IsNullOrWhiteSpace(candidate.Name)) { throw new UsageException("an engine has no name."); }
        Validator.TryValidateObject(candidate.Engine.Attributes, new ValidationContext(candidate.Engine.Attributes), faults, validateAllProperties: true);
        return faults.Count == 0 ? candidate : throw new UsageException($"{candidate.Name}: {string.Join(' ', faults.Select(f => f.ErrorMessage))}");
    }
}
