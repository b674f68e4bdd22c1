namespace Parley.Learning.Pronunciation.Models;

/// <summary>What a <see cref="ReadingNetwork"/> sees of a reading.</summary>
/// <param name="Names">Which phone is expected at each place.</param>
/// <param name="Phones">The features of each.</param>
/// <param name="Spans">The phones of each word.</param>
/// <param name="Words">The features of each word.</param>
/// <param name="Whole">The features of the whole.</param>
internal sealed record NetworkReading(int[] Names, float[][] Phones, IReadOnlyList<(int From, int To)> Spans, float[][] Words, float[] Whole);

/// <summary>Guessed scores, or what they should be.</summary>
/// <param name="Phones">Of each phone; null where it is not known.</param>
/// <param name="Words">The accuracy of each word.</param>
/// <param name="Whole">Those of the whole.</param>
internal sealed record NetworkScores(IReadOnlyList<float?> Phones, IReadOnlyList<float> Words, IReadOnlyList<float> Whole);
