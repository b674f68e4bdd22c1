namespace Parley.Learning.Pronunciation.Models;

/// <summary>A number that is guessed from features. Thread-safe.</summary>
internal interface IRegression
{
    /// <summary>Guesses.</summary>
    /// <param name="row">The features, as many and in the order that it was fitted with.</param>
    float Predict(ReadOnlySpan<float> row);
}
