namespace Parley.Learning.Pronunciation.Models;

/// <summary>A sum of small regression trees, each fitted to what those before it left (J. Friedman, "Greedy function approximation", 2001).</summary>
/// <remarks>Immutable once read. A tree of depth d has 2^d − 1 questions, breadth first: is the feature at most the threshold? Yes goes left.</remarks>
internal sealed class BoostedTrees(int depth, float bias, int[] features, float[] thresholds, float[] leaves) : IRegression
{
    public int Depth => depth;

    public float Bias => bias;

    public int[] Features => features;

    public float[] Thresholds => thresholds;

    public float[] Leaves => leaves;

    /// <inheritdoc/>
    public float Predict(ReadOnlySpan<float> row)
    {
        var (questions, ends) = ((1 << depth) - 1, 1 << depth);
        var sum = bias;
        for (int tree = 0, first = 0; first < features.Length; tree++, first += questions)
        {
            var node = 0;
            for (var level = 0; level < depth; level++) { node = (2 * node) + (row[features[first + node]] <= thresholds[first + node] ? 1 : 2); }
            sum += leaves[(tree * ends) + node - questions];
        }
        return sum;
    }
}
