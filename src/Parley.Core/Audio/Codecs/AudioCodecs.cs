using Parley.Diagnostics;

namespace Parley.Audio.Codecs;

/// <summary>All codecs of the process: WAV and PCM, which are built in, and those of libraries that are installed.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="libraries">What libraries add, the preferred first.</param>
public sealed class AudioCodecs(IEnumerable<EngineRegistration<IAudioCodec>> libraries)
{
    private readonly EngineRegistration<IAudioCodec>[] _libraries = [.. libraries];
    private readonly Lazy<IAudioCodec[]> _codecs = new(() => [new WavCodec(), .. libraries.Where(l => l.Probe().Available).Select(l => l.Create())]);

    /// <summary>What is there and what is missing.</summary>
    public IEnumerable<EngineStatus> Probe() => _libraries.Select(l => l.Probe());

    /// <summary>The formats that can be written here.</summary>
    public IEnumerable<AudioFormat> Encodes => Enum.GetValues<AudioFormat>().Where(f => _codecs.Value.Any(c => c.Encodes.Contains(f)));

    /// <summary>Begins a file that takes audio at any rate; it is resampled where the format demands it.</summary>
    /// <inheritdoc cref="IAudioCodec.OpenEncoder"/>
    public IAudioEncoder OpenEncoder(AudioFormat format, int sampleRate, Stream output)
    {
        RequireEncoder(format);
        var rate = AudioFormats.RateFor(format, sampleRate);
        var encoder = _codecs.Value.First(c => c.Encodes.Contains(format)).OpenEncoder(format, rate, output);
        return rate == sampleRate ? encoder : new ResamplingEncoder(encoder, sampleRate);
    }

    /// <summary>Says beforehand whether a format can be written.</summary>
    /// <exception cref="AudioFormatException">It cannot; the message says what can, and what to install.</exception>
    public void RequireEncoder(AudioFormat format)
    {
        if (_codecs.Value.Any(c => c.Encodes.Contains(format))) { return; }
        var remedy = format == AudioFormat.Aac ? null : Probe().FirstOrDefault(s => !s.Available)?.Remedy;
        throw new AudioFormatException(
            $"There is no encoder for {AudioFormats.NameOf(format)} here; there is {string.Join(", ", Encodes.Select(AudioFormats.NameOf))}."
            + (remedy is null ? "" : $" For more: {remedy}."));
    }

    /// <summary>Opens a file, whose format its first bytes tell.</summary>
    /// <param name="input">A stream that can seek. It stays open, and must until the decoder is disposed.</param>
    /// <exception cref="AudioFormatException">It is no audio that is read here; the message says what is.</exception>
    public IAudioDecoder OpenDecoder(Stream input)
    {
        AudioFormatException? problem = null;
        foreach (var codec in _codecs.Value)
        {
            input.Position = 0;
            try
            {
                if (codec.OpenDecoder(input) is { } decoder) { return decoder; }
            }
            catch (AudioFormatException e)
            {
                // Another may know the encoding; the first is the one that knows most about its own format.
                problem ??= e;
            }
        }
        if (input.Length == 0) { throw new AudioFormatException("The audio file is empty."); }
        throw problem ?? new AudioFormatException(_codecs.Value.Length > 1
            ? "This is not audio that is read here: wav, flac, ogg (Opus or Vorbis), mp3, aiff, au or caf."
            : $"This is not a WAV file, and no library for other formats is installed: {Probe().FirstOrDefault()?.Remedy}.");
    }
}
