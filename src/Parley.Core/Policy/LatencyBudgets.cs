using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;

namespace Parley.Policy;

/// <summary>How long each stage may take to its first result in a conversation; an engine that is expected to take longer is passed over.</summary>
public sealed record LatencyBudgets
{
    private const string Least = "00:00:00.010", Most = "00:01:00";

    /// <summary>To the final transcript, from the end of the speech.</summary>
    /// <value>The default is 3 s.</value>
    [Range(typeof(TimeSpan), Least, Most, ErrorMessage = "Asr must be 0.01 to 60 seconds.")]
    public TimeSpan Asr { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>To the first token.</summary>
    /// <value>The default is 5 s.</value>
    [Range(typeof(TimeSpan), Least, Most, ErrorMessage = "Reply must be 0.01 to 60 seconds.")]
    public TimeSpan Reply { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>To the first audio.</summary>
    /// <value>The default is 2 s.</value>
    [Range(typeof(TimeSpan), Least, Most, ErrorMessage = "Tts must be 0.01 to 60 seconds.")]
    public TimeSpan Tts { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The stage's budget; 3 s for stages that have none of their own.</summary>
    public TimeSpan For(VoiceStage stage) => stage switch
    {
        VoiceStage.Asr => Asr,
        VoiceStage.Reply => Reply,
        VoiceStage.Tts => Tts,
        _ => TimeSpan.FromSeconds(3),
    };
}
