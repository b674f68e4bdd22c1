using Parley.Alignment;
using static Parley.Learning.Pronunciation.Features.Statistics;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>The features that the scores of a whole utterance are guessed from.</summary>
internal static class UtteranceFeatures
{
    // Frames from which on a gap between words is a pause, and a long one.
    private const int Pause = 5, LongPause = 20;

    /// <summary>The features of a reading.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="norms">What phones should be like.</param>
    /// <param name="phoneScores">The guessed score of each phone.</param>
    /// <param name="wordScores">The guessed accuracy of each word that has phones.</param>
    public static float[] Of(Reading reading, PhoneNorms norms, IReadOnlyList<float> phoneScores, IReadOnlyList<float> wordScores) =>
    [
        phoneScores.Average(), phoneScores.Min(), Quantile([.. phoneScores], 0.1f), wordScores.Average(), wordScores.Min(), Deviation([.. wordScores]),
        .. Of(reading, norms), .. MelodyFeatures.Of(reading),
    ];

    /// <summary>Those for which nothing need be guessed before.</summary>
    public static float[] Of(Reading reading, PhoneNorms norms)
    {
        var phones = reading.Phones;
        var posterior = norms.Deviations(reading, Measure.Posterior);
        var goodness = norms.Deviations(reading, Measure.Goodness);
        var length = norms.Deviations(reading, Measure.Length);
        var vowels = phones.Where(p => Phones.IsVowel(p.At.Phone)).ToArray();
        var consonants = phones.Where(p => !Phones.IsVowel(p.At.Phone)).ToArray();
        var gaps = reading.Gaps.ToArray();
        var whole = (float)(phones[^1].At.End - phones[0].At.First);
        var spoken = (float)phones.Sum(p => p.At.Frames);
        var pauses = gaps.Where(g => g >= Pause).ToArray();
        var words = reading.Alignment.Words.Count(w => w.Phones.Count > 0);
        var pitch = reading.Track.Pitches.Skip(phones[0].At.First).Take((int)whole).Where(p => !float.IsNaN(p)).ToArray();
        var levels = vowels.Select(v => reading.LevelOf(v.At)).ToArray();
        var vowelLengths = vowels.Select(v => (float)v.At.Frames).ToArray();
        var centred = pitch.Length == 0 ? [0f] : pitch.Order().ToArray();
        var pitches = vowels.Select(v => reading.PitchOf(v.At)).Where(p => !float.IsNaN(p)).ToArray();
        var wordPosterior = WordFeatures.Spans(reading).Select(s => posterior[s.From..s.To].Average()).ToArray();
        return
        [
            posterior.Average(), Deviation(posterior), Quantile(posterior, 0.1f), Quantile(posterior, 0.25f), posterior.Count(p => p < -1.5f) / (float)posterior.Length,
            goodness.Average(), Quantile(goodness, 0.1f), phones.Average(p => p.FirstShare), phones.Average(p => p.Probability), phones.Average(p => p.Bounded),
            wordPosterior.Min(), Deviation(wordPosterior),
            MeanOr(vowels.Select(v => norms.Deviation(v, Measure.Posterior))), MeanOr(consonants.Select(v => norms.Deviation(v, Measure.Posterior))),
            length.Average(), Deviation(length), Quantile(length, 0.1f), Quantile(length, 0.9f), length.Max(), phones.Count(p => p.At.Frames <= 3) / (float)phones.Count,
            MeanOr(vowels.Select(v => norms.Deviation(v, Measure.Length))), Deviation([.. vowels.Select(v => norms.Deviation(v, Measure.Length))]),
            words / whole * PhoneAlignment.FrameRate, phones.Count / whole * PhoneAlignment.FrameRate, phones.Count / spoken * PhoneAlignment.FrameRate, MathF.Log(whole),
            1 - (spoken / whole), pauses.Length / (float)words, pauses.Count(p => p >= LongPause) / (float)words, pauses.Length == 0 ? 0 : (float)pauses.Average(), MathF.Log(1 + (gaps.Length == 0 ? 0 : gaps.Max())),
            MathF.Log(1 + pauses.Sum()), words / (float)(pauses.Length + 1),
            Deviation(centred), Quantile(centred, 0.95f) - Quantile(centred, 0.05f), centred.Average(), pitch.Length / whole, Variability(pitches, absolute: true),
            Variability(vowelLengths, absolute: false), Variability([.. consonants.Select(c => (float)c.At.Frames)], absolute: false), vowelLengths.Sum() / spoken, Deviation(levels), Variability(levels, absolute: true),
            words, phones.Count / (float)words,
            phones[0].At.First, reading.Alignment.Frames - phones[^1].At.End,
            .. OfFit(reading, norms), .. TimingFeatures.Of(reading, norms),
        ];
    }

    // How well the phones fit between their neighbours, and how far the voice is from those that the aligner knows.
    private static IEnumerable<float> OfFit(Reading reading, PhoneNorms norms)
    {
        var fit = norms.Deviations(reading, Measure.Fit);
        var margin = norms.Deviations(reading, Measure.FitMargin);
        var vowels = reading.Phones.Select(p => Phones.IsVowel(p.At.Phone)).ToArray();
        var voice = reading.Alignment.Voice;
        return
        [
            fit.Average(), norms.Deviations(reading, Measure.FitOfAll).Average(), norms.Deviations(reading, Measure.FitOfMean).Average(), margin.Average(), norms.Deviations(reading, Measure.Ambiguity).Average(),
            Quantile(fit, 0.1f), Quantile(fit, 0.25f), Quantile(fit, 0.5f), fit.Count(f => f < -1.5f) / (float)fit.Length, Deviation(fit),
            WordFeatures.Spans(reading).Min(s => fit[s.From..s.To].Average()), MeanOr(fit.Where((_, i) => vowels[i])), MeanOr(fit.Where((_, i) => !vowels[i])), margin.Count(m => m > 0) / (float)margin.Length,
            voice.Formants, voice.Likelihood, voice.Gain,
        ];
    }

    // The pairwise variability index (E. Grabe and E. Low, 2002): how much each differs from the next, for lengths in relation to them.
    private static float Variability(float[] values, bool absolute) => values.Length < 2
        ? 0
        : values.Zip(values.Skip(1), (a, b) => absolute ? Math.Abs(a - b) : Math.Abs(a - b) / ((a + b) / 2)).Average();
}
