using System.ComponentModel.DataAnnotations;
using Parley.Policy.Tuning;

namespace Parley.Policy;

/// <summary>How the engines of a session are chosen (<c>Parley:Policy</c>).</summary>
public sealed class PolicyOptions : IValidatableObject
{
    /// <value>The default is <see cref="PolicyMode.Auto"/>.</value>
    public PolicyMode Mode { get; set; }

    public PolicyWeights Weights { get; set; } = new();

    public LatencyBudgets Budgets { get; set; } = new();

    /// <summary>How far an engine must be ahead of the one in use, in score (0 to 1), to take its place.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0d, 1d, ErrorMessage = "Margin must be 0 to 1.")]
    public double Margin { get; set; } = 0.05;

    /// <summary>For how long it must be ahead.</summary>
    /// <value>The default is 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Dwell must be 0 to 1 hour.")]
    public TimeSpan Dwell { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether text, too, goes elsewhere only with <c>consent.cloud_audio</c>; audio never goes without it.</summary>
    /// <value>The default is false.</value>
    public bool TextNeedsConsent { get; set; }

    /// <summary>In <see cref="PolicyMode.Hybrid"/>: how long a refined transcript may come after the first.</summary>
    /// <value>The default is 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "RefineTimeout must be 0.1 to 60 seconds.")]
    public TimeSpan RefineTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Engines by name, each with the share of learners, 0 to 1, that gets it; the others get the best of the rest.</summary>
    public IDictionary<string, double> Canary { get; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    public TuningOptions Tuning { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (engine, share) in Canary)
        {
            if (share is not (>= 0 and <= 1)) { yield return new ValidationResult($"The share of {engine} must be 0 to 1.", [nameof(Canary)]); }
        }
    }
}
