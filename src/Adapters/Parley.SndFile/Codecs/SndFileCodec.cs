using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.SndFile.Native;

namespace Parley.SndFile.Codecs;

/// <summary>FLAC, Ogg Opus and MP3 by libsndfile, which also reads Ogg Vorbis, AIFF, AU, CAF and odd kinds of WAV.</summary>
/// <remarks>Thread-safe. MP3 and Opus depend on how the library was built; Debian's has both.</remarks>
public sealed class SndFileCodec : IAudioCodec
{
    /// <summary>Near 64 kbit/s at 24 kHz: speech does not become better with more.</summary>
    private const double Mp3Compression = 0.63;

    /// <summary>A page of Ogg holds this much audio at most, so that a listener need not wait for the default of a second.</summary>
    private const double OggPageMs = 100;

    private static readonly (AudioFormat Format, int Code)[] s_formats =
        [(AudioFormat.Flac, SndFileLibrary.Flac), (AudioFormat.Opus, SndFileLibrary.OggOpus), (AudioFormat.Mp3, SndFileLibrary.Mp3)];

    public string Name => SndFileEngine.Name;

    public IReadOnlySet<AudioFormat> Encodes { get; } =
        s_formats.Where(f => SndFileLibrary.CanWrite(f.Code, AudioFormats.PcmRate)).Select(f => f.Format).ToHashSet();

    public IAudioEncoder OpenEncoder(AudioFormat format, int sampleRate, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!Encodes.Contains(format)) { throw new AudioFormatException($"libsndfile does not write {AudioFormats.NameOf(format)} here."); }
        var info = new SndFileLibrary.Info { Channels = 1, SampleRate = sampleRate, Format = s_formats.First(f => f.Format == format).Code };
        var file = new VirtualFile(output);
        var handle = SndFileHandle.Open(file, SndFileLibrary.Write, ref info)
            ?? throw new AudioFormatException($"libsndfile does not write {AudioFormats.NameOf(format)} at {sampleRate} Hz.");
        if (format == AudioFormat.Mp3)
        {
            // Constant: of a stream, whose header cannot be corrected at the end, players take the length from the rate of its first frame.
            SetConstantBitrate(handle);
            Set(handle, SndFileLibrary.SetCompressionLevel, Mp3Compression);
        }
        if (format == AudioFormat.Opus) { Set(handle, SndFileLibrary.SetOggPageLatencyMs, OggPageMs); }
        return new SndFileEncoder(handle, file, sampleRate);
    }

    public IAudioDecoder? OpenDecoder(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!FileSignature.IsKnown(input)) { return null; }
        var info = default(SndFileLibrary.Info);
        var file = new VirtualFile(input);
        var handle = SndFileHandle.Open(file, SndFileLibrary.Read, ref info)
            ?? throw new AudioFormatException("The audio file is damaged, or its encoding is not one that libsndfile reads.");
        if (info.SampleRate is >= AudioMath.MinRate and <= AudioMath.MaxRate && info.Channels is > 0 and <= SndFileDecoder.MaxChannels)
        {
            return new SndFileDecoder(handle, info.SampleRate, info.Channels);
        }
        handle.Dispose();
        throw new AudioFormatException(
            $"The audio has {info.Channels} channels at {info.SampleRate} Hz; 1 to {SndFileDecoder.MaxChannels} channels at {AudioMath.MinRate} to {AudioMath.MaxRate} Hz are read.");
    }

    private static unsafe void SetConstantBitrate(SndFileHandle handle)
    {
        var constant = 0;
        SndFileLibrary.sf_command(handle, SndFileLibrary.SetBitrateMode, &constant, sizeof(int));
    }

    private static unsafe void Set(SndFileHandle handle, int command, double value) =>
        SndFileLibrary.sf_command(handle, command, &value, sizeof(double));
}
