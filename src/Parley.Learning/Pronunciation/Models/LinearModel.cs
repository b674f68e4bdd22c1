namespace Parley.Learning.Pronunciation.Models;

/// <summary>A weighted sum of features, each brought to mean 0 and deviation 1 and kept within three deviations.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class LinearModel(float bias, float[] means, float[] scales, float[] weights) : IRegression
{
    private const float Widest = 3;

    public float Bias => bias;

    public float[] Means => means;

    public float[] Scales => scales;

    public float[] Weights => weights;

    /// <inheritdoc/>
    public float Predict(ReadOnlySpan<float> row)
    {
        var sum = bias;
        for (var i = 0; i < weights.Length; i++) { sum += weights[i] * Standardise(row[i], means[i], scales[i]); }
        return sum;
    }

    /// <summary>Fits by ridge regression.</summary>
    /// <param name="rows">The features of each example.</param>
    /// <param name="targets">What to guess.</param>
    /// <param name="penalty">The cost of large weights, in examples.</param>
    public static LinearModel Fit(IReadOnlyList<float[]> rows, IReadOnlyList<float> targets, double penalty)
    {
        var (count, width) = (rows.Count, rows[0].Length);
        var (means, scales) = (new float[width], new float[width]);
        for (var i = 0; i < width; i++)
        {
            var mean = rows.Average(r => (double)r[i]);
            means[i] = (float)mean;
            scales[i] = (float)Math.Sqrt(Math.Max(1e-8, rows.Average(r => (r[i] - mean) * (r[i] - mean))));
        }
        var bias = targets.Average(t => (double)t);
        var (products, sides) = (new double[width, width], new double[width]);
        var values = new double[width];
        for (var n = 0; n < count; n++)
        {
            for (var i = 0; i < width; i++) { values[i] = Standardise(rows[n][i], means[i], scales[i]); }
            for (var i = 0; i < width; i++)
            {
                sides[i] += values[i] * (targets[n] - bias);
                for (var j = 0; j <= i; j++) { products[i, j] += values[i] * values[j]; }
            }
        }
        for (var i = 0; i < width; i++) { products[i, i] += penalty; }
        return new((float)bias, means, scales, [.. Solve(products, sides).Select(w => (float)w)]);
    }

    private static float Standardise(float value, float mean, float scale) => Math.Clamp((value - mean) / scale, -Widest, Widest);

    // Cholesky: the matrix is symmetric and, with its penalty, positive definite. Only its lower half is read.
    private static double[] Solve(double[,] matrix, double[] sides)
    {
        var size = sides.Length;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) { sum -= matrix[i, k] * matrix[j, k]; }
                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }
        var solution = (double[])sides.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) { solution[i] -= matrix[i, k] * solution[k]; }
            solution[i] /= matrix[i, i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) { solution[i] -= matrix[k, i] * solution[k]; }
            solution[i] /= matrix[i, i];
        }
        return solution;
    }
}
