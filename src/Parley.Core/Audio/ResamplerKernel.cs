using System.Collections.Concurrent;

namespace Parley.Audio;

/// <summary>The low-pass filter of one pair of rates, cut into phases. Immutable and shared.</summary>
/// <remarks>
/// A sinc under a Kaiser window. Its pass-band ends at 0.9 of the lower Nyquist frequency, its stop-band of 80 dB begins at that frequency.
/// Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974 (length and shape for a given
/// attenuation).
/// </remarks>
internal sealed class ResamplerKernel
{
    private const double StopBand = 80, PassEdge = 0.9;

    // Where the ratio has more phases than this, neighbours are blended: at 1024 phases the error of that is below -110 dB.
    private const int MaxPhases = 1024;
    private const int MaxCached = 16;
    private static readonly ConcurrentDictionary<(int, int), ResamplerKernel> s_cache = new();

    private readonly float[] _taps;

    private ResamplerKernel(int from, int to, int ratioTo)
    {
        var nyquist = Math.Min(from, to) / 2d / from;
        var transition = 2 * Math.PI * nyquist * (1 - PassEdge);
        var halfLength = (int)Math.Ceiling(((StopBand - 7.95) / (2.285 * transition) + 1) / 2);
        // Whole groups of 8 on each side, so that SIMD needs no remainder.
        HalfLength = (halfLength + 7) / 8 * 8;
        Phases = Math.Min(ratioTo, MaxPhases);
        _taps = new float[(Phases + 1) * Taps];
        var cutoff = nyquist * (1 + PassEdge);
        var row = new double[Taps];
        for (var phase = 0; phase <= Phases; phase++)
        {
            for (var i = 0; i < Taps; i++)
            {
                var distance = i - (HalfLength - 1) - (double)phase / Phases;
                row[i] = Sinc(cutoff * distance) * Kaiser(distance / HalfLength);
            }
            // Each phase passes a constant unchanged, so that none of them hums.
            var sum = row.Sum();
            for (var i = 0; i < Taps; i++) { _taps[phase * Taps + i] = (float)(row[i] / sum); }
        }
    }

    /// <summary>Samples on each side of the middle.</summary>
    public int HalfLength { get; }

    /// <summary>Samples that each output sample is made of.</summary>
    public int Taps => 2 * HalfLength;

    /// <summary>Steps between two input samples for which there is a filter; there is one more, which is the first, shifted by a sample.</summary>
    public int Phases { get; }

    public ReadOnlySpan<float> Phase(int phase) => _taps.AsSpan(phase * Taps, Taps);

    public static ResamplerKernel Get(int from, int to, int ratioTo)
    {
        if (s_cache.TryGetValue((from, to), out var kernel)) { return kernel; }
        kernel = new ResamplerKernel(from, to, ratioTo);
        // Clients choose rates: beyond the usual ones, a kernel lives as long as its resampler.
        return s_cache.Count < MaxCached ? s_cache.GetOrAdd((from, to), kernel) : kernel;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x)
    {
        const double beta = 0.1102 * (StopBand - 8.7);
        return Math.Abs(x) >= 1 ? 0 : BesselI0(beta * Math.Sqrt(1 - x * x)) / BesselI0(beta);
    }

    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > 1e-12 * sum; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
