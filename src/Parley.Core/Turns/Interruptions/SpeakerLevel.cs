using Parley.Audio;

namespace Parley.Turns.Interruptions;

/// <summary>Learns how loud the user of a session speaks, turn by turn.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class SpeakerLevel
{
    /// <summary>How much of a new turn goes into what is known.</summary>
    private const float Weight = 0.3f;

    /// <summary>Level of the user's loud frames in dB of full scale; null before the first turn.</summary>
    public float? LevelDb { get; private set; }

    /// <summary>Takes the audio of a turn that was understood: the loudest tenth of its frames but for the very loudest, which a knock may be.</summary>
    public void Learn(IReadOnlyList<AudioFrame> turn)
    {
        var levels = turn.Where(f => f.Samples.Length > 0).Select(f => Level(f.Samples.Span)).Order().ToArray();
        if (levels.Length == 0) { return; }
        var level = levels[(int)(0.9 * (levels.Length - 1))];
        LevelDb = LevelDb is { } known ? known + Weight * (level - known) : level;
    }

    private static float Level(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples) { sum += (double)sample * sample; }
        return (float)(10 * Math.Log10(sum / samples.Length / (32768.0 * 32768.0) + 1e-10));
    }
}
