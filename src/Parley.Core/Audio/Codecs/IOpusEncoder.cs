namespace Parley.Audio.Codecs;

/// <summary>Makes packets of one stream of speech.</summary>
/// <remarks>Not thread-safe. It computes on the caller's thread: a second of audio takes some milliseconds.</remarks>
public interface IOpusEncoder : IDisposable
{
    int SampleRate { get; }

    /// <summary>Samples in a packet.</summary>
    int FrameSamples { get; }

    /// <summary>Encodes one frame.</summary>
    /// <param name="frame">At most <see cref="FrameSamples"/>; what is missing is silence.</param>
    /// <returns>The packet, at most 1 275 bytes; valid until the next call.</returns>
    ReadOnlyMemory<byte> Encode(ReadOnlySpan<short> frame);

    /// <summary>Forgets what came before: the next packet can be understood by a decoder that has heard nothing.</summary>
    void Reset();
}
