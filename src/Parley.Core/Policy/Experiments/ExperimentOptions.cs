using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Parley.Policy.Experiments;

/// <summary>An experiment (<c>Parley:Experiments:NAME</c>): some learners get it one way, some another.</summary>
public sealed partial class ExperimentOptions : IValidatableObject
{
    /// <summary>Whether learners are assigned now. An experiment that is off keeps its report.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>What is compared, by name; the first name in order of letters is the control, unless <see cref="Control"/> says otherwise.</summary>
    public IDictionary<string, VariantOptions> Variants { get; } = new SortedDictionary<string, VariantOptions>(StringComparer.Ordinal);

    /// <summary>The variant that the others are compared with.</summary>
    /// <value>The default is null: the first.</value>
    public string? Control { get; set; }

    /// <summary>The figure that decides: <c>first_audio_ms</c>, <c>clarity</c>, <c>session_length_s</c>, <c>utterances</c>, <c>interruptions</c>, <c>silence</c>, <c>satisfaction</c> or <c>time_to_feedback_ms</c>.</summary>
    /// <value>The default is <c>utterances</c>.</value>
    [AllowedValues("first_audio_ms", "clarity", "session_length_s", "utterances", "interruptions", "silence", "satisfaction", "time_to_feedback_ms", ErrorMessage = "Figure is none that is measured.")]
    public string Figure { get; set; } = "utterances";

    /// <summary>The difference that is expected, in the figure's unit; chosen before the experiment begins, for the test that may be looked at again and again.</summary>
    /// <value>The default is 1.</value>
    [Range(1e-6, 1e6, ErrorMessage = "Effect must be 0.000001 to 1000000.")]
    public double Effect { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Variants.Count is < 2 or > 8) { yield return new ValidationResult("An experiment has 2 to 8 variants.", [nameof(Variants)]); }
        if (Variants.Keys.FirstOrDefault(k => !Name().IsMatch(k)) is not null)
        {
            yield return new ValidationResult("A variant's name has small letters, digits and hyphens, at most 32.", [nameof(Variants)]);
        }
        if (Variants.Values.Any(v => !(v.Share > 0) || v.Share > 1) || Variants.Values.Sum(v => v.Share) > 1 + 1e-9)
        {
            yield return new ValidationResult("Shares lie above 0, and together are 1 at most.", [nameof(Variants)]);
        }
        if (Control is not null && !Variants.ContainsKey(Control)) { yield return new ValidationResult("Control is none of the variants.", [nameof(Control)]); }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$")]
    private static partial Regex Name();
}
