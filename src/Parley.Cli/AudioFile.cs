using Parley.Audio;
using Parley.Audio.Codecs;

namespace Parley.Cli;

/// <summary>Reads the files that commands are given, and writes those that they make.</summary>
internal static class AudioFile
{
    /// <summary>Reads a file as 16 kHz mono.</summary>
    /// <exception cref="UsageException">There is no such file, or it is no audio that can be read.</exception>
    public static short[] ReadSpeech(AudioCodecs codecs, string path)
    {
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        try
        {
            using var stream = File.OpenRead(path);
            using var decoder = codecs.OpenDecoder(stream);
            var samples = new List<short>();
            foreach (var piece in SpeechAudio.Read(decoder, WavReader.DefaultMaxDuration)) { samples.AddRange(piece.Span); }
            return [.. samples];
        }
        catch (AudioFormatException e)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    /// <summary>Creates or replaces a file in the format that its ending says.</summary>
    /// <exception cref="AudioFormatException">There is no encoder for it; nothing was touched.</exception>
    public static void Write(AudioCodecs codecs, string path, ReadOnlySpan<short> samples, int sampleRate)
    {
        var format = AudioFormats.OfFile(path);
        codecs.RequireEncoder(format);
        using var stream = File.Create(path);
        using var encoder = codecs.OpenEncoder(format, sampleRate, stream);
        encoder.Write(samples);
        encoder.Finish();
    }
}
