namespace Parley.PocketSphinx.Asr;

/// <summary>Mel cepstra as they would be had the speaker's vocal tract another length.</summary>
/// <remarks>
/// Vocal tract length normalisation: a tract that is shorter by a factor has its formants higher by that factor. A cepstrum is a sum of cosines
/// over the mel axis, so it can be read off at other frequencies, which is a linear map of the coefficients (Pitz and Ney, "Vocal tract
/// normalization equals linear transformation in cepstral space", 2005). The audio need not be analysed again.
/// Thread-safe.
/// </remarks>
internal sealed class FrequencyWarp
{
    // The acoustic model's filter bank and lifter (feat.params).
    private const int Filters = 25;
    private const int Lifter = 22;
    private const double Lowest = 130;
    private const double Highest = 6800;

    private readonly float[] _map = new float[Cepstra.Size * Cepstra.Size];

    /// <param name="factor">By how much the speaker's formants lie higher than those that the model is to see; 1 changes nothing.</param>
    public FrequencyWarp(double factor)
    {
        for (var filter = 0; filter < Filters; filter++)
        {
            var source = Math.Clamp(Position(Frequency(filter) * factor), -0.5, Filters - 0.5);
            for (var to = 0; to < Cepstra.Size; to++)
            {
                for (var from = 0; from < Cepstra.Size; from++)
                {
                    _map[(to * Cepstra.Size) + from] += (float)(Basis(to, filter) * Basis(from, source) * Liftering(to) / Liftering(from));
                }
            }
        }
    }

    /// <summary>Warps every frame.</summary>
    public Cepstra Apply(Cepstra cepstra)
    {
        var source = cepstra.From(0);
        var warped = new float[source.Length];
        for (var at = 0; at < source.Length; at += Cepstra.Size)
        {
            var frame = source.Slice(at, Cepstra.Size);
            for (var i = 0; i < Cepstra.Size; i++)
            {
                for (var j = 0; j < Cepstra.Size; j++) { warped[at + i] += _map[(i * Cepstra.Size) + j] * frame[j]; }
            }
        }
        var result = new Cepstra();
        result.Append(warped);
        return result;
    }

    // The filters' centres stand at equal distances on the mel scale; -1 and Filters are the ends of the band.
    private static double Position(double frequency) => ((Mel(frequency) - Mel(Lowest)) / Spacing) - 1;

    private static double Frequency(int filter) => 700 * (Math.Pow(10, (Mel(Lowest) + ((filter + 1) * Spacing)) / 2595) - 1);

    private static double Spacing => (Mel(Highest) - Mel(Lowest)) / (Filters + 1);

    private static double Mel(double frequency) => 2595 * Math.Log10(1 + (frequency / 700));

    private static double Basis(int coefficient, double filter) =>
        Math.Sqrt((coefficient == 0 ? 1.0 : 2.0) / Filters) * Math.Cos(Math.PI * coefficient * (filter + 0.5) / Filters);

    private static double Liftering(int coefficient) => 1 + (Lifter / 2.0 * Math.Sin(Math.PI * coefficient / Lifter));
}
