namespace Parley.Experiments.Statistics;

/// <summary>What is known of some measurements: how many, their mean and their variance.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean; NaN of none.</param>
/// <param name="Variance">The unbiased estimate of their variance; NaN of fewer than two.</param>
public readonly record struct Sample(int Count, double Mean, double Variance)
{
    /// <summary>The square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The variance of the mean.</summary>
    public double MeanVariance => Variance / Count;

    /// <summary>Both together.</summary>
    /// <remarks>T. F. Chan, G. H. Golub and R. J. LeVeque, "Algorithms for computing the sample variance", The American Statistician 37 (1983), 242–247.</remarks>
    public Sample With(Sample more)
    {
        if (Count == 0) { return more; }
        if (more.Count == 0) { return this; }
        var (count, apart) = (Count + more.Count, more.Mean - Mean);
        var squares = Squares + more.Squares + apart * apart * Count * more.Count / count;
        return new Sample(count, Mean + apart * more.Count / count, squares / (count - 1));
    }

    private double Squares => Count < 2 ? 0 : Variance * (Count - 1);

    public static Sample Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) { return new Sample(0, double.NaN, double.NaN); }
        var mean = values.Average();
        return new Sample(values.Count, mean, values.Count < 2 ? double.NaN : values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
