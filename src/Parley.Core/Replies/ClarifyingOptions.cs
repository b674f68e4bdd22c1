using System.ComponentModel.DataAnnotations;

namespace Parley.Replies;

/// <summary>When a doubtful transcript is asked about before it is answered.</summary>
public sealed class ClarifyingOptions
{
    /// <summary>Below this confidence of the recogniser, 0 to 1, the learner is asked; 0 never asks.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = 0.5;
}
