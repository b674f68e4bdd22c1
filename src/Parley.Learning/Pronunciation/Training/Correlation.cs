namespace Parley.Learning.Pronunciation.Training;

/// <summary>How well two series go together.</summary>
internal static class Correlation
{
    /// <summary>Pearson's r; NaN where one of them does not vary.</summary>
    public static double Pearson(IEnumerable<(float X, float Y)> pairs)
    {
        var all = pairs.ToArray();
        var (meanX, meanY) = (all.Average(p => (double)p.X), all.Average(p => (double)p.Y));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        foreach (var (x, y) in all)
        {
            xx += (x - meanX) * (x - meanX);
            yy += (y - meanY) * (y - meanY);
            xy += (x - meanX) * (y - meanY);
        }
        return xy / Math.Sqrt(xx * yy);
    }

    /// <summary>How often a value of a case that holds is above one of a case that does not; ties count half.</summary>
    public static double AreaUnderCurve(IReadOnlyCollection<(float Value, bool Holds)> cases)
    {
        // Mann and Whitney: by the ranks of those that hold.
        var (sum, rank) = (0.0, 1);
        foreach (var tie in cases.GroupBy(c => c.Value).OrderBy(g => g.Key))
        {
            var count = tie.Count();
            sum += tie.Count(c => c.Holds) * (rank + ((count - 1) / 2.0));
            rank += count;
        }
        double holds = cases.Count(c => c.Holds);
        return (sum - (holds * (holds + 1) / 2)) / (holds * (cases.Count - holds));
    }
}
