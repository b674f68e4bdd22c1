namespace Parley.Audio;

/// <summary>A stretch of mono PCM16 audio with its rate and its place in the stream's own time.</summary>
/// <param name="Samples">The samples, full scale ±32767.</param>
/// <param name="SampleRate">Samples a second, 8 000 to 48 000.</param>
/// <param name="Offset">Time of the first sample since the stream began, counted in audio, not on a clock.</param>
/// <remarks>Nobody writes to <see cref="Samples"/> after the frame is created, so any stage may queue or share it.</remarks>
public readonly record struct AudioFrame(ReadOnlyMemory<short> Samples, int SampleRate, TimeSpan Offset)
{
    /// <summary>How long the frame lasts.</summary>
    public TimeSpan Duration => AudioMath.DurationOf(Samples.Length, SampleRate);

    /// <summary>Time just after the last sample.</summary>
    public TimeSpan End => Offset + Duration;
}
