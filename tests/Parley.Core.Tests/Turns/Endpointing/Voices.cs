namespace Parley.Core.Tests.Turns.Endpointing;

/// <summary>Sounds like a voice: a pitch and its overtones, each weaker than the one below.</summary>
internal static class Voices
{
    /// <param name="hertz">The pitch at the beginning.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="amplitude">Of full scale.</param>
    /// <param name="semitonesPerSecond">How the pitch moves.</param>
    public static short[] Voice(double hertz, double seconds, double amplitude = 0.3, double semitonesPerSecond = 0)
    {
        var samples = new short[(int)(seconds * 16_000)];
        var phase = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            phase += 2 * Math.PI * hertz * Math.Pow(2, semitonesPerSecond * i / 16_000 / 12) / 16_000;
            var value = Enumerable.Range(1, 6).Sum(k => Math.Sin(k * phase) / k);
            samples[i] = (short)(value / 2 * amplitude * short.MaxValue);
        }
        return samples;
    }
}
