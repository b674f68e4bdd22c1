using MathNet.Numerics.Distributions;

namespace Parley.Experiments.Statistics;

/// <summary>Welch's test: whether two means differ, the variances being what they are.</summary>
/// <remarks>B. L. Welch, "The generalization of 'Student's' problem when several different population variances are involved", Biometrika 34 (1947), 28–35.</remarks>
/// <param name="Difference">The second mean less the first.</param>
/// <param name="T">The difference over its standard error; NaN where that is not known.</param>
/// <param name="Freedom">Degrees of freedom, by Welch and Satterthwaite.</param>
/// <param name="P">How likely a difference as large as this is where there is none; both sides.</param>
/// <param name="Interval">Where the difference lies.</param>
public readonly record struct Welch(double Difference, double T, double Freedom, double P, Interval Interval)
{
    /// <summary>Compares two samples of at least two values each, of which not all are alike.</summary>
    /// <param name="first">The one that is compared with: the control.</param>
    /// <param name="second">The other.</param>
    /// <param name="alpha">The share of intervals that may miss the difference.</param>
    /// <returns>Null where nothing can be said.</returns>
    public static Welch? Test(Sample first, Sample second, double alpha = 0.05)
    {
        if (first.Count < 2 || second.Count < 2 || first.Variance + second.Variance <= 0) { return null; }
        var (a, b) = (first.MeanVariance, second.MeanVariance);
        var error = Math.Sqrt(a + b);
        var freedom = (a + b) * (a + b) / (a * a / (first.Count - 1) + b * b / (second.Count - 1));
        var difference = second.Mean - first.Mean;
        var t = difference / error;
        var margin = error * StudentT.InvCDF(0, 1, freedom, 1 - alpha / 2);
        return new Welch(difference, t, freedom, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t)), new Interval(difference - margin, difference + margin));
    }
}
