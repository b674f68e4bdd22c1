using Parley.Turns.Interruptions;

namespace Parley.Testing.Speech;

/// <summary>A sound that comes while the assistant speaks.</summary>
/// <param name="Group">What it is: <c>cough</c>, <c>nod</c>, <c>sentence</c> …</param>
/// <param name="Label">Which one.</param>
/// <param name="Samples">16 kHz. What is before and after it is the room.</param>
/// <param name="Said">What the assistant is saying.</param>
public sealed record InterruptionTrial(string Group, string Label, short[] Samples, SpokenContext Said)
{
    /// <summary>In the middle of a statement, which neither asks nor sounds like any of the trials.</summary>
    public static SpokenContext Statement { get; } =
        SpokenContext.From("The bakery opens early in the morning and", "closes late in the evening, even on holidays.");

    /// <summary>The same over a synthesiser's own voice as a microphone hears it from a loudspeaker across a table.</summary>
    /// <param name="speech">What the assistant says, 16 kHz.</param>
    /// <param name="seed">Which room.</param>
    public static short[] ThroughRoom(ReadOnlySpan<short> speech, int seed)
    {
        var random = new Random(seed);
        // The first path and a few walls; then the small loudspeaker, which has no bass and little treble.
        var paths = Enumerable.Range(0, 9).Select(i => (Delay: i == 0 ? 40 : random.Next(60, 2_400), Gain: i == 0 ? 1.0 : 0.45 * Math.Pow(0.75, i)))
            .Select(p => p with { Gain = random.Next(2) == 0 ? p.Gain : -p.Gain }).ToArray();
        var output = new short[speech.Length + 2_400];
        double low = 0, high = 0, before = 0;
        for (var i = 0; i < output.Length; i++)
        {
            var sum = 0.0;
            foreach (var (delay, gain) in paths) { if (i >= delay && i - delay < speech.Length) { sum += gain * speech[i - delay]; } }
            high = 0.92 * (high + sum - before);
            before = sum;
            low += 0.6 * (high - low);
            output[i] = (short)Math.Clamp(0.35 * low, short.MinValue, short.MaxValue);
        }
        return output;
    }
}
