using System.Collections.Frozen;

namespace Parley.Tts;

/// <summary>How long phones last against each other.</summary>
/// <remarks>Source: the inherent durations of Klatt's rules (D. Klatt, 1979; Allen, Hunnicutt and Klatt, "From Text to Speech", 1987).</remarks>
public static class PhoneDurations
{
    private const int Unknown = 100;

    private static readonly FrozenDictionary<string, int> s_milliseconds = (
        "aa 240 ae 230 ah 140 ao 240 aw 260 ax 120 ay 250 eh 150 er 180 ey 190 ih 135 iy 155 ow 220 oy 280 uh 160 uw 210 " +
        "b 85 ch 70 d 75 dh 50 dx 20 f 100 g 80 hh 80 jh 70 k 80 l 80 m 70 n 60 ng 95 p 90 q 30 r 80 s 105 sh 105 t 75 th 90 v 60 " +
        "w 80 y 80 z 75 zh 70").Split(' ').Chunk(2).ToFrozenDictionary(p => p[0], p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Milliseconds in a stressed syllable inside a phrase.</summary>
    public static int Of(string phone) => s_milliseconds.GetValueOrDefault(phone, Unknown);
}
