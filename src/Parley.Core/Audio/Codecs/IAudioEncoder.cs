namespace Parley.Audio.Codecs;

/// <summary>Writes one stream of mono audio in a format, while it comes.</summary>
/// <remarks>Not thread-safe. It computes on the caller's thread: a second of audio takes some milliseconds.</remarks>
public interface IAudioEncoder : IDisposable
{
    /// <summary>Samples a second that it takes.</summary>
    int SampleRate { get; }

    /// <summary>Appends samples. What is complete is in the output when the call returns; at most a fraction of a second is held back.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    void Write(ReadOnlySpan<short> samples);

    /// <summary>Ends the file: everything is in the output when the call returns. Nothing may be written afterwards.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    void Finish();
}
