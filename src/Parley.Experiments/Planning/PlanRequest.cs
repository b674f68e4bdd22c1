namespace Parley.Experiments.Planning;

/// <summary>What an experiment is to find.</summary>
public sealed record PlanRequest
{
    /// <summary>The smallest difference that matters: of means in their unit, of shares in parts of 1.</summary>
    public required double Difference { get; init; }

    /// <summary>How much learners differ, as a standard deviation; of shares it follows from <see cref="Rate"/>.</summary>
    public double StandardDeviation { get; init; } = 1;

    /// <summary>The control's share, where shares are compared; null: means are.</summary>
    public double? Rate { get; init; }

    /// <summary>How often a difference may be found where there is none.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>How often the difference is to be found where there is one.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>How often one looks before the end.</summary>
    public int Looks { get; init; } = 14;

    /// <summary>Experiments that are simulated for each figure.</summary>
    public int Simulations { get; init; } = 2_000;

    /// <summary>What the simulations are drawn from: the same gives the same.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Fault() =>
        Difference == 0 || !double.IsFinite(Difference) ? "The difference must be a number other than 0."
        : !(StandardDeviation > 0) || !double.IsFinite(StandardDeviation) ? "The standard deviation must be above 0."
        : Rate is { } rate && (!(rate > 0) || !(rate < 1) || !(rate + Difference > 0) || !(rate + Difference < 1)) ? "Both shares must lie between 0 and 1."
        : !(Alpha > 0) || !(Alpha < 0.5) ? "Alpha must lie between 0 and 0.5."
        : !(Power > Alpha) || !(Power < 1) ? "Power must lie between alpha and 1."
        : Looks is < 1 or > 100 ? "Looks must be 1 to 100."
        : Simulations is < 100 or > 100_000 ? "Simulations must be 100 to 100000."
        : null;
}
