namespace Parley.Audio;

/// <summary>A WAV file as Parley uses it: mono PCM16 at the file's own rate.</summary>
/// <param name="Samples">The samples; channels are averaged. At least one.</param>
/// <param name="SampleRate">Samples a second, <see cref="AudioMath.MinRate"/> to <see cref="AudioMath.MaxRate"/>.</param>
/// <param name="SourceChannels">Channels in the file.</param>
/// <param name="SourceBits">Bits a sample in the file.</param>
/// <param name="SourceIsFloat">Whether the file holds IEEE floats.</param>
public sealed record WavAudio(short[] Samples, int SampleRate, int SourceChannels, int SourceBits, bool SourceIsFloat)
{
    public TimeSpan Duration => AudioMath.DurationOf(Samples.Length, SampleRate);
}
