using System.Globalization;
using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Stress;

namespace Parley.Learning.Pronunciation.Training;

/// <summary>Fits what makes a syllable stand out to words that experts found stressed right.</summary>
/// <remarks>Experts hear a wrong stress in one word of 70 only, so the right ones are what is fitted to, and their dictionary tells which syllable it was. The same readings give the same weights.</remarks>
public static class StressTraining
{
    // The experts' mark of a word that is stressed right.
    private const float Right = 10;

    private static readonly string[] s_cues = ["level", "pitch", "length", "last of its word", "last of a phrase"];

    /// <summary>Fits to all readings.</summary>
    /// <returns>A line for each weight: the number, and what it is of.</returns>
    public static string Fit(IReadOnlyList<ScoredReading> readings, StressLexicon lexicon) =>
        string.Concat(Fit(Words(readings, lexicon)).Weights.Zip(s_cues, (weight, cue) => string.Create(CultureInfo.InvariantCulture, $"{weight:0.0000} {cue}\n")));

    /// <summary>Judges each reading by weights that were fitted without its speaker.</summary>
    public static StressFigures CrossValidate(IReadOnlyList<ScoredReading> readings, StressLexicon lexicon)
    {
        var judged = new List<(bool IsRight, bool IsFirst, float? Share)>();
        foreach (var (others, fold) in SpeakerFolds.Of(readings, PronunciationTraining.Folds))
        {
            var model = Fit(Words([.. others.Select(i => readings[i])], lexicon));
            var stress = new WordStress(lexicon, model);
            judged.AddRange(Words([.. fold.Select(i => readings[i])], lexicon).Select(word => (word.IsRight, IsFirst(model.Probabilities(word.Syllables), word.Stressed), stress.Told(word.Syllables, word.Stressed))));
        }
        var (right, wrong) = (judged.Where(j => j.IsRight).ToArray(), judged.Where(j => !j.IsRight).ToArray());
        return new(
            right.Length, Share(right, j => j.IsFirst), Share(right, j => j.Share is null), Share(right, j => j.Share < WordStress.Wrong),
            wrong.Length, wrong.Count(j => j.Share < WordStress.Wrong), wrong.Count(j => j.Share is null));
    }

    private static bool IsFirst(float[] shares, int stressed) => shares.Max() == shares[stressed];

    private static double Share<T>(T[] items, Func<T, bool> isSuch) => items.Count(isSuch) / Math.Max(1.0, items.Length);

    private static StressModel Fit(IEnumerable<(float[][] Syllables, int Stressed, bool IsRight)> words) => StressModel.Fit([.. words.Where(w => w.IsRight).Select(w => (w.Syllables, w.Stressed))]);

    private static List<(float[][] Syllables, int Stressed, bool IsRight)> Words(IReadOnlyList<ScoredReading> readings, StressLexicon lexicon)
    {
        var words = new List<(float[][], int, bool)>();
        foreach (var reading in readings)
        {
            foreach (var (from, to) in WordFeatures.Spans(reading.Reading))
            {
                if (WordStress.Expected(lexicon, reading.Reading, from, to) is not { } stressed || reading.Scores.Words[reading.Reading.Phones[from].Word].Stress is not { } mark) { continue; }
                words.Add((SyllableCues.Of(reading.Reading, from, to), stressed, mark >= Right));
            }
        }
        return words;
    }
}

/// <summary>How well wrong stress is told from right stress.</summary>
/// <param name="Right">Words that experts found stressed right.</param>
/// <param name="FirstOfRight">Of these the share in which the right syllable stands out most.</param>
/// <param name="UnclearOfRight">And in which nothing is told.</param>
/// <param name="FalseAlarms">And that are told to be wrong.</param>
/// <param name="Wrong">Words that they found stressed wrong.</param>
/// <param name="Found">Of these, those that are told to be.</param>
/// <param name="UnclearOfWrong">And those of which nothing is told.</param>
public sealed record StressFigures(int Right, double FirstOfRight, double UnclearOfRight, double FalseAlarms, int Wrong, int Found, int UnclearOfWrong);
