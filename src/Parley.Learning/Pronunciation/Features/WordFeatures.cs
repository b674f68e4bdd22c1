using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>The features that a word's accuracy is guessed from.</summary>
internal static class WordFeatures
{
    /// <summary>One row a word that has phones, in order, with how common the word is.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="norms">What phones should be like.</param>
    /// <param name="scores">The guessed score of each phone.</param>
    /// <param name="common">Knows common words.</param>
    /// <param name="isCounted">Whether the reader is one of the speakers that these were counted over.</param>
    public static float[][] Of(Reading reading, PhoneNorms norms, IReadOnlyList<float> scores, CommonWords common, bool isCounted) =>
        [.. Of(reading, norms, scores).Zip(Spans(reading), (row, span) => (float[])[.. row, common.Of(reading.Alignment.Words[reading.Phones[span.From].Word].Text, isCounted)])];

    /// <summary>One row a word that has phones, in order.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="norms">What phones should be like.</param>
    /// <param name="scores">The guessed score of each phone.</param>
    public static float[][] Of(Reading reading, PhoneNorms norms, IReadOnlyList<float> scores)
    {
        var phones = reading.Phones;
        var spans = Spans(reading);
        var posterior = norms.Deviations(reading, Measure.Posterior);
        var goodness = norms.Deviations(reading, Measure.Goodness);
        var length = norms.Deviations(reading, Measure.Length);
        var fit = norms.Deviations(reading, Measure.Fit);
        var fitOfAll = norms.Deviations(reading, Measure.FitOfAll);
        var margin = norms.Deviations(reading, Measure.FitMargin);
        var ambiguity = norms.Deviations(reading, Measure.Ambiguity);
        var (meanFit, worstFit) = (fit.Average(), spans.Min(s => fit[s.From..s.To].Average()));
        var all = new float[] { scores.Average(), posterior.Average(), goodness.Average(), length.Average(), phones.Average(p => p.FirstShare) };
        var levels = phones.Select(p => reading.LevelOf(p.At)).ToArray();
        var meanLevel = levels.Average();
        var words = spans.Select(s => scores.Skip(s.From).Take(s.To - s.From).Average()).ToArray();
        var gaps = reading.Gaps.ToArray();
        return [.. spans.Select((span, w) =>
        {
            var (from, to) = span;
            var own = phones.Skip(from).Take(to - from).ToArray();
            var wordFit = fit[from..to].Average();
            float[] row =
            [
                words[w], scores.Skip(from).Take(to - from).Min(), posterior[from..to].Average(), posterior[from..to].Min(),
                goodness[from..to].Average(), goodness[from..to].Min(), length[from..to].Average(), length[from..to].Min(), length[from..to].Max(), Spread(length[from..to]),
                own.Average(p => p.Bounded), own.Min(p => p.Bounded), own.Average(p => p.FirstShare), own.Min(p => p.FirstShare), own.Average(p => p.Probability),
                own.Average(p => p.Evidence.Margin), own.Max(p => p.Rank), (float)own.Average(p => p.Rank),
                own.Average(p => Math.Max(-12, p.Evidence.Means[^1])), to - from, own.Sum(p => p.At.Frames), own.Sum(p => p.At.Frames) / (float)(to - from),
                levels[from..to].Average() - meanLevel, w, spans.Count - w, spans.Count, w / (float)spans.Count,
                from > 0 ? gaps[from - 1] : 20, to - 1 < gaps.Length ? gaps[to - 1] : 20,
                w > 0 ? words[w - 1] : words[w], w + 1 < words.Length ? words[w + 1] : words[w],
                scores[from], scores[to - 1], own.Count(p => p.At.Frames <= 3) / (float)own.Length,
                wordFit, fit[from..to].Min(), SecondLeast(fit[from..to]), fitOfAll[from..to].Average(), fitOfAll[from..to].Min(),
                margin[from..to].Average(), margin[from..to].Min(), ambiguity[from..to].Average(), meanFit, wordFit - meanFit,
                MeanOf(fit, from, to, vowels: true), MeanOf(fit, from, to, vowels: false), SecondLeast([.. scores.Skip(from).Take(to - from)]), worstFit, wordFit - worstFit,
                FunctionWords.Contains(reading.Alignment.Words[own[0].Word].Text) ? 1 : 0, MathF.Sqrt(to - from) * (wordFit - meanFit), (to - from) * wordFit,
            ];
            return (float[])[.. row, .. all];
        })];

        float MeanOf(float[] values, int from, int to, bool vowels) =>
            Enumerable.Range(from, to - from).Where(i => Phones.IsVowel(phones[i].At.Phone) == vowels).Select(i => values[i]).DefaultIfEmpty(0).Average();
    }

    /// <summary>The phones of each word that has any.</summary>
    public static IReadOnlyList<(int From, int To)> Spans(Reading reading)
    {
        var spans = new List<(int, int)>();
        for (var from = 0; from < reading.Phones.Count; from += reading.Phones[from].Of) { spans.Add((from, from + reading.Phones[from].Of)); }
        return spans;
    }

    private static float SecondLeast(float[] values) => values.Order().ElementAt(Math.Min(1, values.Length - 1));

    private static float Spread(float[] values)
    {
        var mean = values.Average();
        return MathF.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
