using MathNet.Numerics.Distributions;

namespace Parley.Experiments.Statistics;

/// <summary>Mann's and Whitney's test: whether values of one sample tend to be larger than those of another, whatever their distribution.</summary>
/// <remarks>
/// H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the other", Annals of Mathematical Statistics 18 (1947), 50–60; by the normal
/// approximation, with the variance corrected for ties and without correction for continuity.
/// </remarks>
/// <param name="U">In how many pairs the second value is the larger one; ties count half.</param>
/// <param name="Superiority">The same as a share of all pairs: how likely a value of the second sample is larger than one of the first.</param>
/// <param name="Z">U less its expectation, over its standard deviation.</param>
/// <param name="P">How likely this or more is where there is no difference; both sides.</param>
public readonly record struct MannWhitney(double U, double Superiority, double Z, double P)
{
    /// <returns>Null where a sample is empty or all values are alike.</returns>
    public static MannWhitney? Test(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (n, m) = ((double)first.Count, (double)second.Count);
        var all = first.Select(v => (Value: v, IsSecond: false)).Concat(second.Select(v => (Value: v, IsSecond: true))).OrderBy(v => v.Value).ToArray();
        var (ranks, ties) = (0.0, 0.0);
        for (var i = 0; i < all.Length;)
        {
            var end = i;
            while (end < all.Length && all[end].Value == all[i].Value) { end++; }
            double alike = end - i;
            // Ranks count from 1; those that are alike share their mean.
            ranks += all[i..end].Count(v => v.IsSecond) * (i + 1 + end) / 2.0;
            ties += alike * alike * alike - alike;
            i = end;
        }
        var u = ranks - m * (m + 1) / 2;
        var total = n + m;
        var variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
        if (n == 0 || m == 0 || !(variance > 0)) { return null; }
        var z = (u - n * m / 2) / Math.Sqrt(variance);
        return new MannWhitney(u, u / (n * m), z, 2 * Normal.CDF(0, 1, -Math.Abs(z)));
    }
}
