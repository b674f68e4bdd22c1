using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>What well-spoken phones are like: mean and deviation of their evidence, phone by phone.</summary>
/// <param name="means">For each phone the mean of each <see cref="Measure"/>.</param>
/// <param name="scales">Their deviations.</param>
/// <remarks>Immutable.</remarks>
internal sealed class PhoneNorms(float[] means, float[] scales)
{
    /// <summary>How many measures there are.</summary>
    public const int Measures = (int)Measure.Ambiguity + 1;

    // A phone that was seen seldom is taken to be like the others.
    private const double Prior = 20;

    public float[] Means => means;

    public float[] Scales => scales;

    /// <summary>How far a phone is from a well-spoken one, in deviations, kept within four.</summary>
    public float Deviation(SpokenPhone phone, Measure measure)
    {
        var at = (phone.At.Phone * Measures) + (int)measure;
        return Math.Clamp((phone.Measures[(int)measure] - means[at]) / scales[at], -4, 4);
    }

    /// <summary>The deviations of all phones of a reading, in order.</summary>
    public float[] Deviations(Reading reading, Measure measure) => [.. reading.Phones.Select(phone => Deviation(phone, measure))];

    /// <summary>What a measure of a phone is when it is spoken well.</summary>
    public float Usual(int phone, Measure measure) => means[(phone * Measures) + (int)measure];

    /// <summary>Fits the norms to phones that experts found right.</summary>
    public static PhoneNorms Fit(IReadOnlyCollection<SpokenPhone> phones)
    {
        var (means, scales) = (new float[Phones.Count * Measures], new float[Phones.Count * Measures]);
        for (var measure = 0; measure < Measures; measure++)
        {
            var all = phones.Select(p => (double)p.Measures[measure]).ToArray();
            var (mean, square) = (all.Average(), all.Average(v => v * v));
            for (var phone = 0; phone < Phones.Count; phone++)
            {
                var own = phones.Where(p => p.At.Phone == phone).Select(p => (double)p.Measures[measure]).ToArray();
                var m = (own.Sum() + (Prior * mean)) / (own.Length + Prior);
                var s = (own.Sum(v => v * v) + (Prior * square)) / (own.Length + Prior);
                means[(phone * Measures) + measure] = (float)m;
                scales[(phone * Measures) + measure] = (float)Math.Sqrt(Math.Max(1e-4, s - (m * m)));
            }
        }
        return new(means, scales);
    }
}
