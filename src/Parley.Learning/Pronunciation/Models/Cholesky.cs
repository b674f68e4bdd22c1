namespace Parley.Learning.Pronunciation.Models;

/// <summary>Solves equations with a symmetric, positive definite matrix.</summary>
internal sealed class Cholesky
{
    private readonly double[,] _lower;

    /// <param name="matrix">The matrix, of which the lower half is read; it is factorised in place.</param>
    public Cholesky(double[,] matrix)
    {
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) { sum -= matrix[i, k] * matrix[j, k]; }
                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }
        _lower = matrix;
    }

    /// <summary>What the matrix makes <paramref name="sides"/> of.</summary>
    public double[] Solve(double[] sides)
    {
        var solution = (double[])sides.Clone();
        for (var i = 0; i < solution.Length; i++)
        {
            for (var k = 0; k < i; k++) { solution[i] -= _lower[i, k] * solution[k]; }
            solution[i] /= _lower[i, i];
        }
        for (var i = solution.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < solution.Length; k++) { solution[i] -= _lower[k, i] * solution[k]; }
            solution[i] /= _lower[i, i];
        }
        return solution;
    }
}
