namespace Parley.Testing.Simulated;

/// <summary>A voice of 100 Hz that says two vowels in turn, each for 60 ms: what has a pitch and moves, as the judge of interruptions expects of speech.</summary>
public static class SimulatedVoice
{
    /// <summary>How long a vowel is, in milliseconds; two of them join without a seam.</summary>
    public const int VowelMs = 60;

    private const int Pitch = 100;

    /// <summary>Both vowels.</summary>
    /// <param name="sampleRate">Samples a second: 8 000 to 48 000.</param>
    public static short[] Vowels(int sampleRate) => [.. Vowel(sampleRate, 700, 1_200), .. Vowel(sampleRate, 300, 2_300)];

    /// <summary>A source of 100 Hz with two resonances.</summary>
    private static short[] Vowel(int sampleRate, int first, int second)
    {
        var vowel = new short[sampleRate * VowelMs / 1_000];
        for (var i = 0; i < vowel.Length; i++)
        {
            var value = 0.0;
            for (var hertz = Pitch; hertz < 4_000; hertz += Pitch)
            {
                var strength = 1 / (1 + Math.Pow((hertz - first) / 120.0, 2)) + 0.7 / (1 + Math.Pow((hertz - second) / 160.0, 2));
                value += strength * Math.Sin(2 * Math.PI * hertz * i / sampleRate);
            }
            vowel[i] = (short)(2_500 * value);
        }
        return vowel;
    }
}
