using Parley.Alignment;
using static Parley.Learning.Pronunciation.Features.Statistics;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>How the lengths of the phones follow those that are usual: which are stretched, which are swallowed, and how evenly.</summary>
internal static class TimingFeatures
{
    private const int LastPhones = 3;

    public static IEnumerable<float> Of(Reading reading, PhoneNorms norms)
    {
        var phones = reading.Phones;
        float[] lengths = [.. phones.Select(p => p.LogLength)], usual = [.. phones.Select(p => norms.Usual(p.At.Phone, Measure.Length))];
        float[] stretch = [.. lengths.Zip(usual, (length, expected) => length - expected)];
        var mean = stretch.Average();
        var vowels = Enumerable.Range(0, phones.Count).Where(i => Phones.IsVowel(phones[i].At.Phone)).ToArray();
        var words = WordFeatures.Spans(reading).Select(s => (Stretch: stretch[s.From..s.To].Average(), IsFunction: FunctionWords.Contains(reading.Alignment.Words[phones[s.From].Word].Text))).ToArray();
        return
        [
            Correlation(lengths, usual), Correlation(Of(vowels, lengths), Of(vowels, usual)), Deviation(stretch), Deviation(Of(vowels, stretch)),
            vowels.Length == 0 ? 0 : stretch[vowels[^1]] - mean, stretch[^Math.Min(LastPhones, stretch.Length)..].Average() - mean,
            MeanOr(words.Where(w => w.IsFunction).Select(w => w.Stretch - mean)), MeanOr(words.Where(w => !w.IsFunction).Select(w => w.Stretch - mean)),
            Deviation([.. words.Select(w => w.Stretch)]), words.Max(w => w.Stretch),
            MeanOr(phones.Zip(stretch).Where(p => p.First.At.Name is "AH" or "ER" or "IH").Select(p => p.Second - mean)),
            MeanOr(stretch.Zip(stretch.Skip(1), (a, b) => Math.Abs(a - b))), Quantile(stretch, 0.5f), Quantile(stretch, 0.75f) - Quantile(stretch, 0.25f),
            vowels.Length == 0 ? 0 : vowels.Max(i => stretch[i]),
        ];

        static float[] Of(int[] places, float[] values) => [.. places.Select(i => values[i])];
    }
}
