using Distribution = MathNet.Numerics.Distributions.ChiSquared;

namespace Parley.Experiments.Statistics;

/// <summary>Whether variants have as many learners as their shares say; where not, something loses some of them, and no other figure can be trusted.</summary>
/// <remarks>
/// Pearson's chi-squared test; the threshold is that of A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019: the check is made
/// again and again, and a false alarm throws an experiment away.
/// </remarks>
/// <param name="ChiSquared">The sum of squared deviations over what was expected.</param>
/// <param name="P">How likely this or more is where all is well.</param>
public readonly record struct SampleRatio(double ChiSquared, double P)
{
    /// <summary>Below this <see cref="P"/> the ratio does not hold.</summary>
    public const double Threshold = 0.0005;

    public bool Holds => P >= Threshold;

    /// <param name="counts">Learners by variant.</param>
    /// <param name="shares">Their shares, each above 0.</param>
    /// <returns>Null where there are no learners, or fewer than two variants.</returns>
    public static SampleRatio? Test(IReadOnlyList<int> counts, IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(shares);
        var (all, whole) = (counts.Sum(), shares.Sum());
        if (all == 0 || counts.Count < 2) { return null; }
        var sum = 0.0;
        for (var i = 0; i < counts.Count; i++)
        {
            var expected = all * shares[i] / whole;
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return new SampleRatio(sum, 1 - Distribution.CDF(counts.Count - 1, sum));
    }
}
