namespace Parley.Learning.Pronunciation.Features;

/// <summary>What is asked of a few numbers; 0 where there are too few.</summary>
internal static class Statistics
{
    public static float MeanOr(IEnumerable<float> values) => values.DefaultIfEmpty(0).Average();

    /// <summary>The standard deviation.</summary>
    public static float Deviation(float[] values)
    {
        if (values.Length < 2) { return 0; }
        var mean = values.Average();
        return MathF.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    /// <summary>The value below which a share of them lies.</summary>
    public static float Quantile(float[] values, float share) => values.Length == 0 ? 0 : values.Order().ElementAt((int)(share * (values.Length - 1)));

    /// <summary>Pearson's correlation, towards 0 where both hardly vary.</summary>
    public static float Correlation(float[] xs, float[] ys)
    {
        if (xs.Length < 4) { return 0; }
        var (meanX, meanY) = (xs.Average(), ys.Average());
        var (xx, yy, xy) = (1e-3f, 1e-3f, 0f);
        foreach (var (x, y) in xs.Zip(ys))
        {
            xx += (x - meanX) * (x - meanX);
            yy += (y - meanY) * (y - meanY);
            xy += (x - meanX) * (y - meanY);
        }
        return xy / MathF.Sqrt(xx * yy);
    }
}
