using System.ComponentModel.DataAnnotations;

namespace Parley.Learning.Grammar.Models;

/// <summary>How a large language model is asked for corrections.</summary>
public sealed class ModelCorrectorOptions
{
    /// <summary>The reply engine that is asked about what learners say in conversations, after the rules; null asks none.</summary>
    /// <value>The default is null.</value>
    public string? Model { get; set; }

    /// <summary>How often a minute it is asked in one conversation.</summary>
    /// <value>The default is 6.</value>
    [Range(0, 60)]
    public int CallsPerMinute { get; set; } = 6;

    /// <summary>How long it may take; what rules found is there at once.</summary>
    /// <value>The default is 8 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>A longer text, in characters, is not sent to it.</summary>
    /// <value>The default is 2000.</value>
    [Range(1, 20_000)]
    public int MaxCharacters { get; set; } = 2_000;

    /// <summary>An answer that changes a larger share of the words is no correction, and is left out.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.0, 1.0)]
    public double MaxChanged { get; set; } = 0.5;
}
