using Parley.Audio;

namespace Parley.Learning.Pronunciation;

/// <summary>Whether a recording can be judged, and how far its sound can be trusted.</summary>
/// <param name="Trust">0 to 1.</param>
/// <param name="Fault">Why it cannot be judged at all; null: it can.</param>
internal readonly record struct RecordingQuality(double Trust, string? Fault)
{
    private const int FrameSamples = AudioMath.SpeechRate / 100, Shortest = 30;

    // dB: what is below is silence; what the loud tenth must be above the soft tenth to be speech in a room; what is good.
    private const double Silence = -60, Poor = 6, Good = 30;

    // dB: how far the hiss of consonants above 4 kHz is below the loud tenth where a telephone has cut it off.
    private const double NoHiss = -45;

    private const int Clipping = 32_700, ClippedOneIn = 200;

    private static readonly float[] s_above4k = HighPass();

    /// <summary>Looks at a recording, 16 kHz mono.</summary>
    public static RecordingQuality Of(ReadOnlySpan<short> samples)
    {
        if (samples.Length < Shortest * FrameSamples) { return new(0, "The recording is shorter than 0.3 seconds."); }
        var (levels, hiss, clipped) = (new double[samples.Length / FrameSamples], new double[samples.Length / FrameSamples], 0);
        for (var frame = 0; frame < levels.Length; frame++)
        {
            var (energy, high) = (0.0, 0.0);
            for (var i = frame * FrameSamples; i < (frame + 1) * FrameSamples; i++)
            {
                energy += (double)samples[i] * samples[i];
                if (samples[i] is > Clipping or < -Clipping) { clipped++; }
                var filtered = 0f;
                for (var tap = 0; tap < s_above4k.Length && tap <= i; tap++) { filtered += s_above4k[tap] * samples[i - tap]; }
                high += filtered * filtered;
            }
            (levels[frame], hiss[frame]) = (Level(energy), Level(high));
        }
        Array.Sort(levels);
        Array.Sort(hiss);
        var (soft, loud, sharp) = (levels[levels.Length / 10], levels[levels.Length * 9 / 10], hiss[hiss.Length * 19 / 20]);
        if (loud < Silence) { return new(0, "The recording is silent."); }
        var trust = Math.Clamp((loud - soft - Poor) / (Good - Poor), 0.2, 1);
        if (clipped > samples.Length / ClippedOneIn) { trust *= 0.5; }
        if (sharp - loud < NoHiss) { trust *= 0.5; }
        return new(trust, null);
    }

    private static double Level(double energy) => 10 * Math.Log10(Math.Max(1e-10, energy / FrameSamples / (32768.0 * 32768.0)));

    // A windowed sinc around 4.5 kHz.
    private static float[] HighPass()
    {
        const int Half = 24;
        const double Edge = 4500.0 / AudioMath.SpeechRate;
        var taps = new float[(2 * Half) + 1];
        for (var i = -Half; i <= Half; i++)
        {
            var window = 0.54 + (0.46 * Math.Cos(Math.PI * i / Half));
            taps[i + Half] = (float)(window * (i == 0 ? 1 - (2 * Edge) : -Math.Sin(2 * Math.PI * Edge * i) / (Math.PI * i)));
        }
        return taps;
    }
}
