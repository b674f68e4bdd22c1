namespace Parley.Experiments.Statistics;

/// <summary>A test that may be looked at as often as one likes: its error holds for all looks together, whenever one stops.</summary>
/// <remarks>
/// The mixture sequential probability ratio test of H. Robbins ("Statistical methods related to the law of the iterated logarithm", Annals of Mathematical Statistics 41 (1970), 1397–1409) as R. Johari,
/// P. Koomen, L. Pekelis and D. Walsh give it for experiments ("Always valid inference: continuous monitoring of A/B tests", Operations Research 70 (2022), 1806–1821). With V the variance of the
/// observed difference d, and differences expected to be normal around 0 with the standard deviation τ: Λ = √(V / (V + τ²)) · exp(τ² d² / (2 V (V + τ²))), and p = min(1, 1/Λ). V is estimated, so it holds
/// from some tens of learners a variant on.
/// </remarks>
/// <param name="P">How likely this or more is to be seen at any look, where there is no difference.</param>
/// <param name="Interval">Where the difference lies, at all looks together.</param>
public readonly record struct AlwaysValid(double P, Interval Interval)
{
    /// <param name="first">The control.</param>
    /// <param name="second">The other.</param>
    /// <param name="tau">The differences that are expected, as their standard deviation; chosen before the first look. It costs power where it is far off, and never the error.</param>
    /// <param name="alpha">The error.</param>
    /// <returns>Null where nothing can be said.</returns>
    public static AlwaysValid? Test(Sample first, Sample second, double tau, double alpha = 0.05)
    {
        if (first.Count < 2 || second.Count < 2) { return null; }
        return Test(second.Mean - first.Mean, first.MeanVariance + second.MeanVariance, tau, alpha);
    }

    /// <param name="difference">The difference that is observed.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="tau">The differences that are expected, as their standard deviation.</param>
    /// <param name="alpha">The error.</param>
    /// <returns>Null where nothing can be said.</returns>
    public static AlwaysValid? Test(double difference, double variance, double tau, double alpha = 0.05)
    {
        if (!(variance > 0) || !(tau > 0)) { return null; }
        var (v, t) = (variance, tau * tau);
        var log = 0.5 * Math.Log(v / (v + t)) + t * difference * difference / (2 * v * (v + t));
        var margin = Math.Sqrt(v * (v + t) / t * (2 * Math.Log(1 / alpha) + Math.Log((v + t) / v)));
        return new AlwaysValid(Math.Min(1, Math.Exp(-log)), new Interval(difference - margin, difference + margin));
    }
}
