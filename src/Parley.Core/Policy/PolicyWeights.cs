using System.ComponentModel.DataAnnotations;

namespace Parley.Policy;

/// <summary>How much each part of an engine's score counts; only their proportions matter.</summary>
public sealed record PolicyWeights : IValidatableObject
{
    private const double Most = 100;

    /// <value>The default is 1.</value>
    [Range(0, Most, ErrorMessage = "Latency must be 0 to 100.")]
    public double Latency { get; set; } = 1;

    /// <value>The default is 0.5.</value>
    [Range(0, Most, ErrorMessage = "Cost must be 0 to 100.")]
    public double Cost { get; set; } = 0.5;

    /// <value>The default is 1.</value>
    [Range(0, Most, ErrorMessage = "Accuracy must be 0 to 100.")]
    public double Accuracy { get; set; } = 1;

    /// <value>The default is 1.</value>
    [Range(0, Most, ErrorMessage = "Load must be 0 to 100.")]
    public double Load { get; set; } = 1;

    /// <value>The default is 0.5.</value>
    [Range(0, Most, ErrorMessage = "Privacy must be 0 to 100.")]
    public double Privacy { get; set; } = 0.5;

    /// <summary>The order in which the operator, or an adapter, wants engines to be used.</summary>
    /// <value>The default is 2: what was set up is used, unless it does badly in several other respects.</value>
    [Range(0, Most, ErrorMessage = "Preference must be 0 to 100.")]
    public double Preference { get; set; } = 2;

    /// <summary>All of them together.</summary>
    public double Sum() => Latency + Cost + Accuracy + Load + Privacy + Preference;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sum() <= 0) { yield return new ValidationResult("At least one weight must be above 0.", [nameof(Latency)]); }
    }
}
