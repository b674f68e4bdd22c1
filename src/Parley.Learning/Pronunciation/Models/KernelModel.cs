using System.Numerics.Tensors;

namespace Parley.Learning.Pronunciation.Models;

/// <summary>Kernel ridge regression: a guess goes by the examples that are like what is guessed (C. Saunders and others, 1998).</summary>
/// <remarks>Immutable. The kernel is a Gaussian of the distance, and half as much of a line. Features are standardised as in <see cref="Standardiser"/>.</remarks>
internal sealed class KernelModel(float bias, Standardiser scale, float[] examples, float[] weights) : IRegression
{
    /// <summary>What examples are rounded to, so that each number fits into a byte.</summary>
    public const float Grain = 1 / 40f;

    private const float Line = 0.5f, Width = 0.5f;

    public float Bias => bias;

    public Standardiser Scale => scale;

    /// <summary>The standardised features of the examples, one row after the other.</summary>
    public float[] Examples => examples;

    public float[] Weights => weights;

    /// <inheritdoc/>
    public float Predict(ReadOnlySpan<float> row)
    {
        var features = scale.Apply(row);
        var sum = bias;
        for (var i = 0; i < weights.Length; i++) { sum += weights[i] * Likeness(features, examples.AsSpan(i * features.Length, features.Length)); }
        return sum;
    }

    /// <summary>Fits several targets to the same examples, which they share.</summary>
    /// <param name="rows">The features of each example.</param>
    /// <param name="targets">What to guess, target by target.</param>
    /// <param name="penalty">The cost of following single examples.</param>
    public static KernelModel[] Fit(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> targets, double penalty)
    {
        var scale = Standardiser.Of(rows);
        float[][] features = [.. rows.Select(row => (float[])[.. scale.Apply(row).Select(value => MathF.Round(value / Grain) * Grain)])];
        var likeness = new double[rows.Count, rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j <= i; j++) { likeness[i, j] = Likeness(features[i], features[j]); }
            likeness[i, i] += penalty;
        }
        var factor = new Cholesky(likeness);
        float[] examples = [.. features.SelectMany(row => row)];
        return [.. targets.Select(target =>
        {
            var bias = target.Average();
            return new KernelModel(bias, scale, examples, [.. factor.Solve([.. target.Select(t => (double)t - bias)]).Select(w => (float)w)]);
        })];
    }

    private static float Likeness(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var distance = TensorPrimitives.Distance(a, b);
        return MathF.Exp(-Width * distance * distance / a.Length) + (Line * TensorPrimitives.Dot(a, b) / a.Length);
    }
}
