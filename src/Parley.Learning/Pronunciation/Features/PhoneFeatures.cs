using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>The features that a phone's score is guessed from.</summary>
internal static class PhoneFeatures
{
    private const string Fricatives = " CH DH F HH JH S SH TH V Z ZH ", Stops = " B D G K P T ", Nasals = " M N NG ";

    /// <summary>One row a phone of the reading.</summary>
    public static float[][] Of(Reading reading, PhoneNorms norms)
    {
        var phones = reading.Phones;
        var posterior = norms.Deviations(reading, Measure.Posterior);
        var goodness = norms.Deviations(reading, Measure.Goodness);
        var length = norms.Deviations(reading, Measure.Length);
        var fit = norms.Deviations(reading, Measure.Fit);
        var margin = norms.Deviations(reading, Measure.FitMargin);
        var (meanFit, meanMargin, meanAmbiguity) = (fit.Average(), margin.Average(), norms.Deviations(reading, Measure.Ambiguity).Average());
        var (meanPosterior, meanGoodness, meanLength) = (posterior.Average(), goodness.Average(), length.Average());
        var meanFirst = phones.Average(p => p.FirstShare);
        var levels = phones.Select(p => reading.LevelOf(p.At)).ToArray();
        var meanLevel = levels.Average();
        var gaps = reading.Gaps.ToArray();
        var pauses = gaps.Where(g => g > 4).Sum() / (float)(phones[^1].At.End - phones[0].At.First);
        var rate = phones.Count / (float)Math.Max(1, phones.Sum(p => p.At.Frames));
        var rows = new float[phones.Count][];
        for (var i = 0; i < phones.Count; i++)
        {
            var phone = phones[i];
            var (from, to) = (i - phone.Place, i - phone.Place + phone.Of);
            var (name, vowel) = ($" {phone.At.Name} ", Phones.IsVowel(phone.At.Phone));
            rows[i] =
            [
                posterior[i], goodness[i], norms.Deviation(phone, Measure.Margin), length[i],
                phone.Bounded, phone.Evidence.Margin, phone.LogLength, phone.Probability, phone.FirstShare, phone.Rank,
                phone.Begin, phone.Middle, phone.End, phone.Best, Entropy(phone.Evidence), Math.Max(-12, phone.Evidence.Means[Phones.Count]),
                MarginIn(phone, vowel), MarginIn(phone, !vowel),
                Neighbour(posterior, i - 1), Neighbour(posterior, i + 1), Neighbour(length, i - 1), Neighbour(length, i + 1),
                posterior[from..to].Average(), posterior[from..to].Min(), goodness[from..to].Average(), length[from..to].Average(), length[from..to].Min(),
                meanPosterior, meanGoodness, meanLength, meanFirst, pauses, rate,
                phone.Place, phone.Of - phone.Place, phone.Of, i / (float)phones.Count, phones.Count,
                vowel ? 1 : 0, Fricatives.Contains(name, StringComparison.Ordinal) ? 1 : 0, Stops.Contains(name, StringComparison.Ordinal) ? 1 : 0, Nasals.Contains(name, StringComparison.Ordinal) ? 1 : 0,
                phone.At.Phone, levels[i] - meanLevel,
                i > 0 ? gaps[i - 1] : 20, i < gaps.Length ? gaps[i] : 20,
                fit[i], norms.Deviation(phone, Measure.FitOfAll), norms.Deviation(phone, Measure.FitOfMean), margin[i], norms.Deviation(phone, Measure.Ambiguity),
                meanFit, meanMargin, meanAmbiguity, fit[from..to].Average(), fit[from..to].Min(), margin[from..to].Average(),
                Neighbour(fit, i - 1), Neighbour(fit, i + 1), fit[i] - posterior[i], fit[i] - meanFit,
            ];
        }
        return rows;

        static float Neighbour(float[] values, int at) => at < 0 || at >= values.Length ? 0 : values[at];
    }

    private static float Entropy(PhoneEvidence evidence)
    {
        var best = evidence.Means.Max();
        var shares = evidence.Means.Select(m => MathF.Exp((m - best) / 2)).ToArray();
        var sum = shares.Sum();
        return -shares.Sum(s => s <= 0 ? 0 : s / sum * MathF.Log(s / sum));
    }

    // How far it is above the best other vowel, or consonant.
    private static float MarginIn(SpokenPhone phone, bool vowels)
    {
        var best = float.NegativeInfinity;
        for (var other = 0; other < Phones.Count; other++)
        {
            if (other != phone.At.Phone && Phones.IsVowel(other) == vowels) { best = Math.Max(best, phone.Evidence.Means[other]); }
        }
        return Math.Clamp(phone.Evidence.Lpp - best, -12, 12);
    }
}
