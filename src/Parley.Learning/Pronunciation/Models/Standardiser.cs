namespace Parley.Learning.Pronunciation.Models;

/// <summary>Brings each feature to mean 0 and deviation 1, and keeps it within some deviations.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class Standardiser(float[] means, float[] scales)
{
    public float[] Means => means;

    public float[] Scales => scales;

    /// <summary>Learns means and deviations.</summary>
    public static Standardiser Of(IReadOnlyList<float[]> rows)
    {
        var (means, scales) = (new float[rows[0].Length], new float[rows[0].Length]);
        for (var i = 0; i < means.Length; i++)
        {
            var mean = rows.Average(row => (double)row[i]);
            means[i] = (float)mean;
            scales[i] = (float)Math.Sqrt(Math.Max(1e-8, rows.Average(row => (row[i] - mean) * (row[i] - mean))));
        }
        return new(means, scales);
    }

    /// <summary>The standardised features.</summary>
    /// <param name="row">The features.</param>
    /// <param name="widest">The deviations within which they are kept.</param>
    public float[] Apply(ReadOnlySpan<float> row, float widest = 3)
    {
        var values = new float[row.Length];
        for (var i = 0; i < values.Length; i++) { values[i] = Math.Clamp((row[i] - means[i]) / scales[i], -widest, widest); }
        return values;
    }
}
