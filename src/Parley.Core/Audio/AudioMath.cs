namespace Parley.Audio;

/// <summary>Conversions between samples and time that every stage must make in the same way.</summary>
public static class AudioMath
{
    /// <summary>The rate at which Parley listens: every recogniser and detector is fed 16 kHz mono.</summary>
    public const int SpeechRate = 16_000;

    /// <summary>The lowest and the highest rate that is taken from a client or a file.</summary>
    public const int MinRate = 8_000, MaxRate = 48_000;

    public static TimeSpan DurationOf(long samples, int sampleRate) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / sampleRate);

    /// <summary>Whole samples in <paramref name="duration"/>, rounded to the nearest.</summary>
    public static long SamplesIn(TimeSpan duration, int sampleRate) =>
        (duration.Ticks * sampleRate + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond;
}
