using Parley.Audio;

namespace Parley.Testing.Speech;

/// <summary>Where the speech of a recording ends, by its level: the truth that a detector's delay is counted from.</summary>
public static class SpeechLevel
{
    private const int Frame = AudioMath.SpeechRate / 100;

    // Quiet word endings lie 30 dB below loud vowels, and a sound that noise hides is heard by nobody.
    private const double BelowSpeechDb = 30, AboveNoiseDb = 6;

    /// <summary>The end of the last frame of 10 ms with speech in it.</summary>
    /// <param name="samples">16 kHz.</param>
    /// <param name="noiseDb">The level of the background.</param>
    /// <param name="until">Only what comes before counts.</param>
    public static TimeSpan LastSound(short[] samples, double noiseDb, TimeSpan until)
    {
        var levels = Enumerable.Range(0, samples.Length / Frame).Select(i => ToDb(Power(samples.AsSpan(i * Frame, Frame)))).ToArray();
        if (levels.Length == 0) { return TimeSpan.Zero; }
        var loud = levels.Order().ElementAt(levels.Length * 9 / 10);
        var last = Math.Min(levels.Length, (int)(until.TotalSeconds * 100)) - 1;
        while (last > 0 && levels[last] < Math.Max(loud - BelowSpeechDb, noiseDb + AboveNoiseDb)) { last--; }
        return TimeSpan.FromMilliseconds((last + 1) * 10);
    }

    internal static double Power(ReadOnlySpan<short> samples)
    {
        double sum = 0, mean = 0;
        foreach (var sample in samples) { mean += sample; }
        mean /= Math.Max(1, samples.Length);
        foreach (var sample in samples) { sum += (sample - mean) * (sample - mean); }
        return sum / Math.Max(1, samples.Length);
    }

    internal static double ToDb(double power) => 10 * Math.Log10(Math.Max(1e-3, power) / (32768.0 * 32768.0));
}
