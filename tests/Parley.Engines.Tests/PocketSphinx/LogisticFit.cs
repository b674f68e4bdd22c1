using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>Fits a logistic model by Newton's method with a ridge of 0.1 on the standardised weights (Hastie et al., Elements of Statistical Learning, 4.4.1).</summary>
internal static class LogisticFit
{
    private const double Ridge = 0.1;
    private const int Iterations = 12;

    public static Logistic Of(IReadOnlyList<(double[] Features, bool Yes)> rows)
    {
        var size = rows[0].Features.Length;
        var mean = Enumerable.Range(0, size).Select(i => rows.Average(row => row.Features[i])).ToArray();
        var spread = Enumerable.Range(0, size).Select(i => Math.Sqrt(rows.Average(row => Math.Pow(row.Features[i] - mean[i], 2))) + 1e-9).ToArray();
        var weights = new double[size + 1];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            // Row i: the Hessian, and the gradient in its last column.
            var system = new double[size + 1][];
            for (var i = 0; i <= size; i++)
            {
                system[i] = new double[size + 2];
                if (i > 0) { (system[i][i], system[i][^1]) = (Ridge, -Ridge * weights[i]); }
            }
            foreach (var (features, yes) in rows)
            {
                double[] z = [1, .. features.Select((value, i) => (value - mean[i]) / spread[i])];
                var p = 1 / (1 + Math.Exp(-z.Zip(weights, (a, b) => a * b).Sum()));
                for (var i = 0; i <= size; i++)
                {
                    system[i][^1] += ((yes ? 1 : 0) - p) * z[i];
                    for (var j = 0; j <= size; j++) { system[i][j] += p * (1 - p) * z[i] * z[j]; }
                }
            }
            var step = Solve(system);
            for (var i = 0; i <= size; i++) { weights[i] += step[i]; }
        }
        var scaled = Enumerable.Range(0, size).Select(i => weights[i + 1] / spread[i]).ToArray();
        return new(weights[0] - scaled.Zip(mean, (weight, centre) => weight * centre).Sum(), scaled);
    }

    // Gauss-Jordan; the Hessian is positive definite, so no pivoting.
    private static double[] Solve(double[][] system)
    {
        for (var i = 0; i < system.Length; i++)
        {
            var pivot = system[i][i];
            system[i] = [.. system[i].Select(value => value / pivot)];
            for (var k = 0; k < system.Length; k++)
            {
                if (k == i) { continue; }
                var factor = system[k][i];
                for (var j = 0; j < system[k].Length; j++) { system[k][j] -= factor * system[i][j]; }
            }
        }
        return [.. system.Select(row => row[^1])];
    }
}
