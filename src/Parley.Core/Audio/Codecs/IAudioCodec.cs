namespace Parley.Audio.Codecs;

/// <summary>A library that writes and reads audio formats.</summary>
/// <remarks>Thread-safe; the encoders and decoders that it opens are not.</remarks>
public interface IAudioCodec
{
    /// <summary>The name that <c>doctor</c> and <c>/health</c> use.</summary>
    string Name { get; }

    /// <summary>The formats that <see cref="OpenEncoder"/> takes.</summary>
    IReadOnlySet<AudioFormat> Encodes { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="format">One of <see cref="Encodes"/>.</param>
    /// <param name="sampleRate">Samples a second, a rate that <see cref="AudioFormats.RateFor"/> gives for the format.</param>
    /// <param name="output">
    /// Where the bytes go, and stay: what a format would correct at its beginning when the end is known is corrected only where the stream can seek.
    /// Stays open.
    /// </param>
    /// <exception cref="AudioFormatException">The format or rate is not one of its own.</exception>
    IAudioEncoder OpenEncoder(AudioFormat format, int sampleRate, Stream output);

    /// <summary>Opens a file for reading.</summary>
    /// <param name="input">A stream that can seek, at its beginning. Stays open, and must until the decoder is disposed.</param>
    /// <returns>Null: this codec does not know the format.</returns>
    /// <exception cref="AudioFormatException">It knows the format, but the file is damaged, or has a rate or encoding that is not read.</exception>
    IAudioDecoder? OpenDecoder(Stream input);
}
