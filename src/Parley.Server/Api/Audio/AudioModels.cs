using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Audio;

/// <summary>What the names of models mean that clients send with audio: engines, or names that clients have written into them.</summary>
internal sealed class AudioModels(EngineCatalog engines, AudioApiOptions options)
{
    /// <summary>Names that clients send by default; whatever speaks or listens here serves them.</summary>
    public static readonly IReadOnlyList<string>
        SpeechNames = ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"],
        TranscriptionNames = ["whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"];

    private readonly AudioApiOptions _options = options;

    /// <summary>The names that serve now at an endpoint of audio; none where no engine of the stage is available.</summary>
    public IEnumerable<string> Usable(VoiceStage stage)
    {
        var names = engines.Describe(stage).Where(e => e.Available).Select(e => e.Name).ToArray();
        var others = _options.Models.Where(m => m.Value == EngineOptions.Auto || names.Contains(m.Value)).Select(m => m.Key).Order(StringComparer.Ordinal);
        return names.Length == 0 ? [] : [.. names, .. stage == VoiceStage.Tts ? SpeechNames : TranscriptionNames, .. others];
    }

    /// <summary>The engine of one stage that <paramref name="model"/> means; null: the best there is.</summary>
    /// <exception cref="ApiException">There is no such model.</exception>
    public string? EngineOf(VoiceStage stage, string model)
    {
        var names = engines.NamesOf(stage);
        var known = stage == VoiceStage.Tts ? SpeechNames : TranscriptionNames;
        var meant = _options.Models.GetValueOrDefault(model, model);
        if (names.Contains(meant)) { return meant; }
        // Dated and preview names are the same models.
        if (meant is EngineOptions.Auto or "default" || known.Any(n => meant == n || meant.StartsWith(n + "-", StringComparison.Ordinal))) { return null; }
        throw new ApiException(ApiError.NoModel($"There is no such model here; there are {string.Join(", ", names.Concat(known))}."));
    }
}
