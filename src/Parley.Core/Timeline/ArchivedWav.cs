namespace Parley.Timeline;

/// <summary>Reads the <c>user.wav</c> of an archive piece by piece. It is one that <see cref="Parley.Audio.WavWriter"/> wrote: a header of 44 bytes, then PCM16.</summary>
internal sealed class ArchivedWav(Stream stream) : IDisposable
{
    private const int HeaderBytes = 44;

    private bool _begun;

    /// <summary>The next samples as bytes; null if there are fewer.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or it cannot be unpacked.</exception>
    public byte[]? Read(int samples)
    {
        if (!_begun) { SkipHeader(); }
        var bytes = new byte[samples * sizeof(short)];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes : null;
    }

    public void Dispose() => stream.Dispose();

    private void SkipHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || !header[..4].SequenceEqual("RIFF"u8) || !header[36..40].SequenceEqual("data"u8))
        {
            throw new InvalidDataException("There is no WAV header.");
        }
        _begun = true;
    }
}
