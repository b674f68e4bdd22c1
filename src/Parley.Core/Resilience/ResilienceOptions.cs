using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;

namespace Parley.Resilience;

/// <summary>What happens when an engine is late or fails (<c>Parley:Resilience</c>).</summary>
public sealed class ResilienceOptions
{
    /// <summary>Recognisers: their result is the final transcript.</summary>
    public StageResilienceOptions Asr { get; set; } = new() { Timeout = TimeSpan.FromSeconds(8) };

    /// <summary>Language models: their first result is the first token.</summary>
    public StageResilienceOptions Reply { get; set; } = new() { Timeout = TimeSpan.FromSeconds(8), Retries = 1 };

    /// <summary>Synthesisers: their first result is the first audio of a clause.</summary>
    public StageResilienceOptions Tts { get; set; } = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>When a language model breaks off in mid-answer: whether another is asked to go on where it stopped. Calls of tools and JSON end with an error all the same.</summary>
    /// <value>The default is true; false ends the answer with an error.</value>
    public bool ContinueAfterContent { get; set; } = true;

    /// <summary>How often engines that rest, or that nobody has called for as long, are probed.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "ProbeInterval must be 0.1 seconds to 10 minutes.")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The audio of an utterance that is kept for another recogniser, should the first one fail; of more, the oldest is forgotten.</summary>
    /// <value>The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "MaxReplayAudio must be 1 second to 10 minutes.")]
    public TimeSpan MaxReplayAudio { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The options of a stage.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Engines of that stage have no chains.</exception>
    internal StageResilienceOptions Of(VoiceStage stage) => stage switch
    {
        VoiceStage.Asr => Asr,
        VoiceStage.Reply => Reply,
        VoiceStage.Tts => Tts,
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
