namespace Parley.Audio.Codecs;

/// <summary>Reads the audio of one file from its beginning to its end.</summary>
/// <remarks>Not thread-safe. It computes on the caller's thread.</remarks>
public interface IAudioDecoder : IDisposable
{
    /// <summary>Samples a second, <see cref="AudioMath.MinRate"/> to <see cref="AudioMath.MaxRate"/>.</summary>
    int SampleRate { get; }

    /// <summary>Reads the next samples, channels averaged.</summary>
    /// <returns>Samples read; 0 at the end, also where the file ends too early.</returns>
    int Read(Span<short> samples);
}
