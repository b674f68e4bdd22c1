namespace Parley.Testing;

/// <summary>Sounds that people and rooms make without speaking: 16 kHz, another for each seed, the same for the same seed.</summary>
/// <remarks>
/// Each is made from what phonetics and acoustics say of it, not recorded: bursts of noise with the envelope and the resonances of a throat,
/// a nose's murmur of a few low harmonics, the two clicks of a key.
/// </remarks>
public static class Sounds
{
    private const int Rate = 16_000;

    /// <summary>One or two coughs: a burst, a hiss shaped by the throat, at times a short voiced end.</summary>
    /// <param name="seed">Which cough.</param>
    /// <param name="level">Peak in dB of full scale.</param>
    public static short[] Cough(int seed, double level = -10)
    {
        var random = new Random(seed);
        var sound = new List<double>();
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            var (hiss, voice) = (Samples(random, 0.12, 0.22), random.Next(3) == 0 ? Samples(random, 0.05, 0.09) : 0);
            var throat = new Resonator(random.Next(500, 900), 400);
            var mouth = new Resonator(random.Next(1_300, 2_200), 700);
            var pitch = random.Next(110, 200);
            for (var i = 0; i < hiss + voice; i++)
            {
                var t = (double)i / Rate;
                var burst = Math.Exp(-t / 0.012) + 0.5 * Math.Exp(-t / 0.09);
                var noise = Gauss(random) * burst;
                var tone = i < hiss ? 0 : Math.Pow(Math.Sin(Math.PI * pitch * t), 8) * 0.6 * Math.Sin(Math.PI * (i - hiss) / voice);
                sound.Add(throat.Filter(noise + tone) + 0.8 * mouth.Filter(noise + tone) + 0.15 * noise);
            }
            if (times > 1) { sound.AddRange(new double[Samples(random, 0.12, 0.25)]); }
        }
        return Scale(sound, level);
    }

    /// <summary>A breath in or out: noise that swells and fades.</summary>
    /// <inheritdoc cref="Cough"/>
    public static short[] Breath(int seed, double level = -28)
    {
        var random = new Random(seed);
        var length = Samples(random, 0.35, 0.9);
        var (low, high) = (new Resonator(random.Next(700, 1_400), 900), new Resonator(random.Next(2_000, 3_500), 1_500));
        return Scale(Enumerable.Range(0, length).Select(i =>
        {
            var noise = Gauss(random) * Math.Pow(Math.Sin(Math.PI * i / length), 1.5);
            return low.Filter(noise) + high.Filter(noise);
        }), level);
    }

    /// <summary>Somebody types: down and up of each key a click with the sound of the case, four to nine keys a second.</summary>
    /// <inheritdoc cref="Cough"/>
    public static short[] Keyboard(int seed, double level = -14)
    {
        var random = new Random(seed);
        var sound = new double[Samples(random, 0.6, 1.4)];
        for (var at = 0; at < sound.Length; at += Samples(random, 0.11, 0.25))
        {
            Click(random, sound, at, 1);
            Click(random, sound, at + Samples(random, 0.06, 0.1), 0.5);
        }
        return Scale(sound, level);
    }

    /// <summary>"Mm-hm" or "mm": the murmur of the nose, lips closed, with a rise in pitch and at times a breath in its middle.</summary>
    /// <inheritdoc cref="Cough"/>
    public static short[] Hum(int seed, double level = -16)
    {
        var random = new Random(seed);
        var syllables = random.Next(1, 3);
        var pitch = random.Next(95, 230);
        var sound = new List<double>();
        var phase = 0.0;
        for (var syllable = 0; syllable < syllables; syllable++)
        {
            var length = Samples(random, 0.14, 0.24);
            var rise = syllable == syllables - 1 ? 1 + 0.25 * random.NextDouble() : 1;
            for (var i = 0; i < length; i++)
            {
                phase += pitch * (1 + (rise - 1) * i / length) / Rate;
                var envelope = Math.Min(1, Math.Min(i, length - i) / (0.03 * Rate));
                var value = 0.0;
                for (var harmonic = 1; harmonic * pitch < 3_000; harmonic++) { value += Murmur(harmonic * pitch) * Math.Sin(2 * Math.PI * harmonic * phase); }
                sound.Add(value * envelope + 0.002 * Gauss(random));
            }
            if (syllable + 1 < syllables) { sound.AddRange(Enumerable.Range(0, Samples(random, 0.03, 0.07)).Select(_ => 0.02 * Gauss(random))); }
        }
        return Scale(sound, level);
    }

    /// <summary>The level of a nasal murmur: a strong resonance at 270 Hz, a weak one at 1 kHz, and little above.</summary>
    private static double Murmur(double hertz) => 1 / (1 + Math.Pow((hertz - 270) / 130, 2)) + 0.03 / (1 + Math.Pow((hertz - 1_050) / 200, 2)) + 0.003;

    private static void Click(Random random, double[] sound, int at, double strength)
    {
        var plate = new Resonator(random.Next(1_800, 4_500), 1_200);
        for (var i = 0; i < 400 && at + i < sound.Length; i++)
        {
            sound[at + i] += strength * plate.Filter(Gauss(random) * Math.Exp(-i / (0.003 * Rate)));
        }
    }

    private static int Samples(Random random, double shortest, double longest) => (int)(Rate * (shortest + (longest - shortest) * random.NextDouble()));

    private static short[] Scale(IEnumerable<double> values, double level)
    {
        var sound = values.ToArray();
        var factor = 32767 * Math.Pow(10, level / 20) / sound.Max(Math.Abs);
        return [.. sound.Select(v => (short)Math.Round(v * factor))];
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Two poles: a resonance at a frequency, with a bandwidth.</summary>
    private sealed class Resonator(double hertz, double bandwidth)
    {
        private readonly double _a = 2 * Math.Exp(-Math.PI * bandwidth / Rate) * Math.Cos(2 * Math.PI * hertz / Rate);
        private readonly double _b = -Math.Exp(-2 * Math.PI * bandwidth / Rate);
        private double _y1, _y2;

        public double Filter(double x)
        {
            var y = x * (1 + _b) + _a * _y1 + _b * _y2;
            (_y1, _y2) = (y, _y1);
            return y;
        }
    }
}
