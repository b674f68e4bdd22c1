using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>What well-spoken phones are like: mean and deviation of their evidence, phone by phone.</summary>
/// <param name="means">For each phone its <see cref="Measures"/>.</param>
/// <param name="scales">Their deviations.</param>
/// <remarks>Immutable.</remarks>
internal sealed class PhoneNorms(float[] means, float[] scales)
{
    /// <summary>Numbers that are normalised: bounded log posterior, goodness, margin, log length.</summary>
    public const int Measures = 4;

    // A phone that was seen seldom is taken to be like the others.
    private const double Prior = 20;

    public float[] Means => means;

    public float[] Scales => scales;

    /// <summary>How far a phone is from a well-spoken one, in deviations, kept within four.</summary>
    public float Deviation(SpokenPhone phone, int measure)
    {
        var at = (phone.At.Phone * Measures) + measure;
        return Math.Clamp((MeasuresOf(phone)[measure] - means[at]) / scales[at], -4, 4);
    }

    /// <summary>Fits the norms to phones that experts found right.</summary>
    public static PhoneNorms Fit(IReadOnlyCollection<SpokenPhone> phones)
    {
        var (means, scales) = (new float[Phones.Count * Measures], new float[Phones.Count * Measures]);
        for (var measure = 0; measure < Measures; measure++)
        {
            var all = phones.Select(p => (double)MeasuresOf(p)[measure]).ToArray();
            var (mean, square) = (all.Average(), all.Average(v => v * v));
            for (var phone = 0; phone < Phones.Count; phone++)
            {
                var own = phones.Where(p => p.At.Phone == phone).Select(p => (double)MeasuresOf(p)[measure]).ToArray();
                var m = (own.Sum() + (Prior * mean)) / (own.Length + Prior);
                var s = (own.Sum(v => v * v) + (Prior * square)) / (own.Length + Prior);
                means[(phone * Measures) + measure] = (float)m;
                scales[(phone * Measures) + measure] = (float)Math.Sqrt(Math.Max(1e-4, s - (m * m)));
            }
        }
        return new(means, scales);
    }

    private static float[] MeasuresOf(SpokenPhone phone) =>
        [phone.Bounded, Math.Max(-12, phone.Evidence.Gop), Math.Clamp(phone.Evidence.Margin, -12, 12), phone.LogLength];
}
