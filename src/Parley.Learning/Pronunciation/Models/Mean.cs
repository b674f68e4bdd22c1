namespace Parley.Learning.Pronunciation.Models;

/// <summary>The mean of what several models guess.</summary>
internal sealed class Mean(params IRegression[] models) : IRegression
{
    public IReadOnlyList<IRegression> Models => models;

    /// <inheritdoc/>
    public float Predict(ReadOnlySpan<float> row)
    {
        var sum = 0f;
        foreach (var model in models) { sum += model.Predict(row); }
        return sum / models.Length;
    }
}
