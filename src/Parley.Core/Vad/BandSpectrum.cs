using Parley.Audio;

namespace Parley.Vad;

/// <summary>Power and flatness of the speech band of one window, by a Hann-windowed Fourier transform of 512 points.</summary>
/// <remarks>Not thread-safe. Measuring allocates nothing.</remarks>
internal sealed class BandSpectrum
{
    public const int Samples = 512;

    // Bins of 31.25 Hz at 16 kHz: 200 to 4000 Hz, where speech is and hum and hiss are less.
    private const int FirstBin = 6, LastBin = 128;

    private static readonly float[] s_hann = [.. Enumerable.Range(0, Samples).Select(i => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Samples)))];

    private readonly FourierTransform _transform = new(Samples);
    private readonly float[] _window = new float[Samples];

    /// <summary>Measures a window of <see cref="Samples"/> samples.</summary>
    /// <returns>
    /// Level of the band in dB of full scale, −120 for silence; and spectral flatness, the geometric over the arithmetic mean of the powers:
    /// about 0.4 for noise, below 0.1 for voiced speech.
    /// </returns>
    public (float LevelDb, float Flatness) Measure(ReadOnlySpan<short> window)
    {
        for (var i = 0; i < Samples; i++) { _window[i] = window[i] * s_hann[i] / 32768f; }
        _transform.Run(_window);
        double sum = 0, logs = 0;
        for (var bin = FirstBin; bin <= LastBin; bin++)
        {
            var power = _transform.Power(bin) + 1e-12;
            sum += power;
            logs += Math.Log(power);
        }
        const int bins = LastBin - FirstBin + 1;
        // Two sides of the spectrum, the window's power of 3/8: a full-scale square wave within the band would be 0 dB.
        var level = 10 * Math.Log10(sum * 2 / (0.375 * Samples * Samples) + 1e-12);
        return ((float)level, (float)(Math.Exp(logs / bins) / (sum / bins)));
    }

    /// <summary>Power of the window that was measured last, from <paramref name="fromHz"/> on and below <paramref name="toHz"/>; 0 to 8000 Hz.</summary>
    public float Power(int fromHz, int toHz)
    {
        var sum = 1e-12f;
        for (var bin = fromHz * Samples / 16_000; bin < toHz * Samples / 16_000; bin++) { sum += _transform.Power(bin); }
        return sum;
    }
}
