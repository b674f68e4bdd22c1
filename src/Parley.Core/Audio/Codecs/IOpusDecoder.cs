namespace Parley.Audio.Codecs;

/// <summary>Reads packets of one stream of speech.</summary>
/// <remarks>Not thread-safe. It computes on the caller's thread, a fraction of what encoding costs.</remarks>
public interface IOpusDecoder : IDisposable
{
    int SampleRate { get; }

    /// <summary>Decodes one packet.</summary>
    /// <returns>At most 120 ms of samples; valid until the next call.</returns>
    /// <exception cref="AudioFormatException">It is no Opus packet. The stream goes on: the next one may be.</exception>
    ReadOnlySpan<short> Decode(ReadOnlySpan<byte> packet);

    /// <summary>Forgets what came before, as where the sender began anew.</summary>
    void Reset();
}
