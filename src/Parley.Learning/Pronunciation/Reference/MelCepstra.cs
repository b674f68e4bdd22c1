using Parley.Alignment;
using Parley.Audio;

namespace Parley.Learning.Pronunciation.Reference;

/// <summary>The mel cepstra of a recording, frame by frame: what its spectra look like, without their level.</summary>
/// <remarks>
/// Immutable. Coefficients of the natural logarithm of the mel power spectrum, without the first: ln P(m) = c₀ + 2 Σ c_d cos(π d m), m from 0 to 1 along the mel axis (S. Davis and P. Mermelstein,
/// "Comparison of parametric representations for monosyllabic word recognition", 1980).
/// </remarks>
internal sealed class MelCepstra
{
    /// <summary>Coefficients a frame.</summary>
    public const int Size = 13;

    private const int FrameSamples = AudioMath.SpeechRate / PhoneAlignment.FrameRate, WindowSamples = 400, Points = 512, Bands = 26;

    // Hz: a telephone has nothing below, and few microphones have what is above. dB of full scale: what is less is as good as silence.
    private const double Lowest = 130, Highest = 6800, Floor = 1e-9;

    private static readonly float[] s_window = [.. Enumerable.Range(0, WindowSamples).Select(i => (float)((0.54 - (0.46 * Math.Cos(2 * Math.PI * i / (WindowSamples - 1)))) / 32768))];
    private static readonly float[] s_cosines = [.. Enumerable.Range(1, Size).SelectMany(d => Enumerable.Range(0, Bands).Select(band => (float)(Math.Cos(Math.PI * d * (band + 0.5) / Bands) / Bands)))];

    private readonly float[] _values;

    private MelCepstra(float[] values) => _values = values;

    /// <summary>Frames of the recording, <see cref="PhoneAlignment.FrameRate"/> a second.</summary>
    public int Frames => _values.Length / Size;

    /// <summary>Analyses a recording, 16 kHz mono.</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="formants">By how much the speaker's formants lie above an average adult's: the mel axis is stretched by it, so that voices of another size can be compared.</param>
    public static MelCepstra Of(ReadOnlySpan<short> samples, double formants = 1)
    {
        var (values, transform, edges) = (new float[samples.Length / FrameSamples * Size], new FourierTransform(Points), Edges(formants));
        var (window, bands) = (new float[WindowSamples], new float[Bands]);
        for (var frame = 0; frame < values.Length / Size; frame++)
        {
            var piece = samples.Slice(frame * FrameSamples, Math.Min(WindowSamples, samples.Length - (frame * FrameSamples)));
            Array.Clear(window);
            for (var i = 0; i < piece.Length; i++) { window[i] = piece[i] * s_window[i]; }
            transform.Run(window);
            for (var band = 0; band < Bands; band++) { bands[band] = (float)Math.Log(Floor + Sum(transform, edges[band], edges[band + 1], edges[band + 2])); }
            for (var d = 0; d < Size; d++)
            {
                var sum = 0f;
                for (var band = 0; band < Bands; band++) { sum += bands[band] * s_cosines[(d * Bands) + band]; }
                values[(frame * Size) + d] = sum;
            }
        }
        return new(values);
    }

    /// <summary>The coefficients of one frame.</summary>
    public ReadOnlySpan<float> this[int frame] => _values.AsSpan(frame * Size, Size);

    /// <summary>The same without their mean over some frames, in which are the microphone and what all sounds of a voice have in common.</summary>
    public MelCepstra Without(IReadOnlyCollection<int> frames)
    {
        var mean = new float[Size];
        foreach (var frame in frames)
        {
            for (var d = 0; d < Size; d++) { mean[d] += _values[(frame * Size) + d] / frames.Count; }
        }
        return new([.. _values.Select((value, i) => value - mean[i % Size])]);
    }

    // A triangle, in bins.
    private static double Sum(FourierTransform transform, double from, double centre, double to)
    {
        var sum = 0.0;
        for (var bin = (int)Math.Ceiling(from); bin < Math.Min(to, Points / 2); bin++)
        {
            sum += transform.Power(bin) * (bin < centre ? (bin - from) / (centre - from) : (to - bin) / (to - centre));
        }
        return sum;
    }

    private static double[] Edges(double formants)
    {
        var (low, high) = (Mel(Lowest), Mel(Highest));
        return [.. Enumerable.Range(0, Bands + 2).Select(i => Hertz(low + ((high - low) * i / (Bands + 1))) * formants * Points / AudioMath.SpeechRate)];

        static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

        static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
    }
}
