using MathNet.Numerics.Distributions;

namespace Parley.Experiments.Statistics;

/// <summary>Whether two shares differ: the test with the pooled variance, and Newcombe's interval.</summary>
/// <remarks>
/// The interval is method 10 of R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998), 873–890: made of the two
/// shares' Wilson intervals, it stays within −1 and 1 and holds for few people too.
/// </remarks>
/// <param name="Difference">The second share less the first.</param>
/// <param name="Z">The difference over its standard error where there is none; 0 where both shares are 0 or 1.</param>
/// <param name="P">How likely a difference as large as this is where there is none; both sides.</param>
/// <param name="Interval">Where the difference lies.</param>
public readonly record struct TwoProportions(double Difference, double Z, double P, Interval Interval)
{
    /// <summary>Compares <paramref name="hits1"/> of <paramref name="count1"/> with <paramref name="hits2"/> of <paramref name="count2"/>.</summary>
    /// <returns>Null where a sample is empty.</returns>
    public static TwoProportions? Test(int hits1, int count1, int hits2, int count2, double alpha = 0.05)
    {
        if (count1 <= 0 || count2 <= 0) { return null; }
        var (p1, p2) = ((double)hits1 / count1, (double)hits2 / count2);
        var pooled = (double)(hits1 + hits2) / (count1 + count2);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / count1 + 1.0 / count2));
        var (difference, z) = (p2 - p1, error > 0 ? (p2 - p1) / error : 0);
        var (one, two) = (Wilson(p1, count1, alpha), Wilson(p2, count2, alpha));
        var low = difference - Math.Sqrt(Square(p2 - two.Low) + Square(one.High - p1));
        var high = difference + Math.Sqrt(Square(two.High - p2) + Square(p1 - one.Low));
        return new TwoProportions(difference, z, 2 * Normal.CDF(0, 1, -Math.Abs(z)), new Interval(low, high));
    }

    /// <summary>Wilson's interval of one share (E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212).</summary>
    public static Interval Wilson(double share, int count, double alpha = 0.05)
    {
        var z = Normal.InvCDF(0, 1, 1 - alpha / 2);
        var centre = share + z * z / (2 * count);
        var margin = z * Math.Sqrt(share * (1 - share) / count + z * z / (4.0 * count * count));
        var scale = 1 + z * z / count;
        return new Interval((centre - margin) / scale, (centre + margin) / scale);
    }

    private static double Square(double x) => x * x;
}
