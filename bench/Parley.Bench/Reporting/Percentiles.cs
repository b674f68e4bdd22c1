namespace Parley.Bench.Reporting;

/// <summary>Percentiles of a sample by linear interpolation between closest ranks (Hyndman and Fan 1996, definition 7).</summary>
internal static class Percentiles
{
    /// <param name="values">In any order; at least one.</param>
    /// <param name="percent">0 to 100.</param>
    public static double Of(IReadOnlyCollection<double> values, double percent)
    {
        if (values.Count == 0) { throw new ArgumentException("A percentile needs a value.", nameof(values)); }
        var sorted = values.Order().ToArray();
        var rank = percent / 100 * (sorted.Length - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return Math.Round(sorted[below] + (rank - below) * (sorted[above] - sorted[below]), 2);
    }
}
