using System.ComponentModel.DataAnnotations;

namespace Parley.Pipeline;

/// <summary>What is begun before the turn has ended.</summary>
public sealed class SpeculationOptions
{
    /// <summary>Begin the reply, and its first clause's audio, as soon as the user has probably finished; nothing is sent before the turn has ended.</summary>
    /// <value>The default is true. It costs calls of the reply engine that come to nothing.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Let the recogniser begin its final transcript after the first short silence, while the endpoint still waits.</summary>
    /// <value>The default is true. It costs transcripts that come to nothing when the user goes on; without it there is nothing to draft from.</value>
    public bool EarlyFinal { get; set; } = true;

    /// <summary>The share of drafts that may come to nothing before a session stops making them for a while.</summary>
    /// <value>The default is 0.5, over the session's last dozen.</value>
    [Range(0.0, 1.0, ErrorMessage = "MaxDiscardRate must be 0 to 1.")]
    public double MaxDiscardRate { get; set; } = 0.5;

    /// <summary>Turns without a draft once too many came to nothing.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 1_000, ErrorMessage = "RestTurns must be 1 to 1000.")]
    public int RestTurns { get; set; } = 8;

    /// <summary>Where the draft was begun without knowing the recogniser's confidence: the least that the final must have for the draft to be kept.</summary>
    /// <value>The default is 0.7: what is less sure may have to be asked back.</value>
    [Range(0.0, 1.0, ErrorMessage = "MinConfidence must be 0 to 1.")]
    public double MinConfidence { get; set; } = 0.7;
}
