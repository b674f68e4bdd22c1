namespace Parley.Learning.Pronunciation.Models;

/// <summary>Fits boosted trees: least squares, thresholds among 64 quantiles of each feature, a random part of rows and features for each tree.</summary>
/// <remarks>The same data and seed give the same trees.</remarks>
internal sealed record BoostedTreesFit(int Trees, int Depth, float Rate, float Rows = 0.6f, float Columns = 0.5f, float Smoothing = 20, int Seed = 1)
{
    private const int Bins = 64;

    /// <summary>Fits.</summary>
    /// <param name="rows">The features of each example.</param>
    /// <param name="targets">What to guess.</param>
    /// <param name="weights">How much each example counts; null: all the same.</param>
    public BoostedTrees Fit(IReadOnlyList<float[]> rows, IReadOnlyList<float> targets, IReadOnlyList<float>? weights = null)
    {
        var (count, width) = (rows.Count, rows[0].Length);
        var edges = Enumerable.Range(0, width).Select(feature => Edges(rows, feature)).ToArray();
        var binned = new byte[width][];
        for (var feature = 0; feature < width; feature++)
        {
            binned[feature] = new byte[count];
            for (var i = 0; i < count; i++) { binned[feature][i] = (byte)BinOf(edges[feature], rows[i][feature]); }
        }
        var weight = weights?.ToArray() ?? Enumerable.Repeat(1f, count).ToArray();
        var bias = (float)(targets.Zip(weight, (t, w) => (double)t * w).Sum() / weight.Sum(w => (double)w));
        var rest = targets.Select(t => t - bias).ToArray();
        var random = new Random(Seed);
        var (features, thresholds, leaves) = (new List<int>(), new List<float>(), new List<float>());
        var nodes = new int[count];
        for (var tree = 0; tree < Trees; tree++)
        {
            var used = Enumerable.Range(0, count).Where(_ => random.NextSingle() < Rows).ToArray();
            var asked = Enumerable.Range(0, width).Where(_ => random.NextSingle() < Columns).ToArray();
            if (asked.Length == 0 || used.Length == 0) { continue; }
            Array.Clear(nodes);
            for (var level = 0; level < Depth; level++)
            {
                var (first, splits) = ((1 << level) - 1, 1 << level);
                var best = Split(binned, edges, rest, weight, nodes, used, asked, first, splits);
                foreach (var (feature, bin) in best)
                {
                    features.Add(feature);
                    thresholds.Add(bin >= edges[feature].Length ? float.PositiveInfinity : edges[feature][bin]);
                }
                for (var i = 0; i < count; i++)
                {
                    var (feature, bin) = best[nodes[i] - first];
                    nodes[i] = (2 * nodes[i]) + (binned[feature][i] <= bin ? 1 : 2);
                }
            }
            var (ends, offset) = (1 << Depth, (1 << Depth) - 1);
            var (sums, totals) = (new double[ends], new double[ends]);
            foreach (var i in used)
            {
                sums[nodes[i] - offset] += weight[i] * rest[i];
                totals[nodes[i] - offset] += weight[i];
            }
            var values = sums.Zip(totals, (sum, total) => (float)(Rate * sum / (total + Smoothing))).ToArray();
            leaves.AddRange(values);
            for (var i = 0; i < count; i++) { rest[i] -= values[nodes[i] - offset]; }
        }
        return new(Depth, bias, [.. features], [.. thresholds], [.. leaves]);
    }

    // The question that leaves the least squares, for each node of a level.
    private (int Feature, int Bin)[] Split(
        byte[][] binned, float[][] edges, float[] rest, float[] weight, int[] nodes, int[] used, int[] asked, int first, int splits)
    {
        var gains = new double[splits];
        var best = new (int Feature, int Bin)[splits];
        Array.Fill(best, (asked[0], Bins));
        var (sums, totals) = (new double[splits * Bins], new double[splits * Bins]);
        foreach (var feature in asked)
        {
            Array.Clear(sums);
            Array.Clear(totals);
            var bins = binned[feature];
            foreach (var i in used)
            {
                var at = ((nodes[i] - first) * Bins) + bins[i];
                sums[at] += weight[i] * rest[i];
                totals[at] += weight[i];
            }
            for (var node = 0; node < splits; node++)
            {
                var (sum, total) = (0.0, 0.0);
                for (var bin = 0; bin < Bins; bin++) { (sum, total) = (sum + sums[(node * Bins) + bin], total + totals[(node * Bins) + bin]); }
                var (left, leftTotal) = (0.0, 0.0);
                for (var bin = 0; bin < edges[feature].Length; bin++)
                {
                    left += sums[(node * Bins) + bin];
                    leftTotal += totals[(node * Bins) + bin];
                    var right = sum - left;
                    var gain = (left * left / (leftTotal + Smoothing)) + (right * right / (total - leftTotal + Smoothing)) - (sum * sum / (total + Smoothing));
                    if (gain > gains[node] + 1e-12) { (gains[node], best[node]) = (gain, (feature, bin)); }
                }
            }
        }
        return best;
    }

    private static float[] Edges(IReadOnlyList<float[]> rows, int feature)
    {
        var values = rows.Select(r => r[feature]).Order().ToArray();
        return [.. Enumerable.Range(1, Bins - 1).Select(i => values[(int)((long)i * (values.Length - 1) / Bins)]).Distinct()];
    }

    // The first bin whose edge is not below the value; the last one, without an edge, takes the rest.
    private static int BinOf(float[] edges, float value)
    {
        var place = Array.BinarySearch(edges, value);
        return place >= 0 ? place : ~place;
    }
}
