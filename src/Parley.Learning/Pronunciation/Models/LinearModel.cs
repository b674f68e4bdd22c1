using System.Numerics.Tensors;

namespace Parley.Learning.Pronunciation.Models;

/// <summary>A weighted sum of standardised features.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class LinearModel(float bias, Standardiser scale, float[] weights) : IRegression
{
    public float Bias => bias;

    public Standardiser Scale => scale;

    public float[] Weights => weights;

    /// <inheritdoc/>
    public float Predict(ReadOnlySpan<float> row) => bias + TensorPrimitives.Dot(weights, scale.Apply(row));

    /// <summary>Fits by ridge regression.</summary>
    /// <param name="rows">The features of each example.</param>
    /// <param name="targets">What to guess.</param>
    /// <param name="penalty">The cost of large weights, in examples.</param>
    public static LinearModel Fit(IReadOnlyList<float[]> rows, IReadOnlyList<float> targets, double penalty)
    {
        var scale = Standardiser.Of(rows);
        var bias = targets.Average(t => (double)t);
        var width = rows[0].Length;
        var (products, sides) = (new double[width, width], new double[width]);
        for (var n = 0; n < rows.Count; n++)
        {
            var values = scale.Apply(rows[n]);
            for (var i = 0; i < width; i++)
            {
                sides[i] += values[i] * (targets[n] - bias);
                for (var j = 0; j <= i; j++) { products[i, j] += values[i] * values[j]; }
            }
        }
        for (var i = 0; i < width; i++) { products[i, i] += penalty; }
        return new((float)bias, scale, [.. new Cholesky(products).Solve(sides).Select(w => (float)w)]);
    }
}
