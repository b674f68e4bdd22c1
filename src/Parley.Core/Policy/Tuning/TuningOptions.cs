using System.ComponentModel.DataAnnotations;

namespace Parley.Policy.Tuning;

/// <summary>Whether and how far weights follow what is measured (<c>Parley:Policy:Tuning</c>).</summary>
public sealed record TuningOptions
{
    /// <value>The default is false: weights stay as they are configured.</value>
    public bool Enabled { get; set; }

    /// <summary>After how many sessions the measurements are looked at again.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 100_000, ErrorMessage = "EverySessions must be 1 to 100000.")]
    public int EverySessions { get; set; } = 20;

    /// <summary>How far a weight moves at a time, as a share of its configured value.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.01, 0.5, ErrorMessage = "Step must be 0.01 to 0.5.")]
    public double Step { get; set; } = 0.1;

    /// <summary>The least that a weight may become, as a share of its configured value.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0d, 1d, ErrorMessage = "Least must be 0 to 1.")]
    public double Least { get; set; } = 0.5;

    /// <summary>The most that a weight may become, as a multiple of its configured value.</summary>
    /// <value>The default is 2.</value>
    [Range(1d, 10d, ErrorMessage = "Most must be 1 to 10.")]
    public double Most { get; set; } = 2;

    /// <summary>Calls that must have been measured of an engine for it to count.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 100_000, ErrorMessage = "MinCalls must be 1 to 100000.")]
    public int MinCalls { get; set; } = 20;
}
