using Parley.Audio;

namespace Parley.Cli;

/// <summary>Reads the files that commands are given.</summary>
internal static class WavFile
{
    /// <summary>Reads a WAV as 16 kHz mono.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="AudioFormatException">It is no WAV, or none that can be converted.</exception>
    public static short[] ReadSpeech(string path)
    {
        if (!File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
        using var stream = File.OpenRead(path);
        WavAudio wav;
        try
        {
            wav = WavReader.Read(stream);
        }
        catch (AudioFormatException e)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
        return wav.SampleRate == AudioMath.SpeechRate ? wav.Samples : Resampler.Convert(wav.Samples, wav.SampleRate, AudioMath.SpeechRate);
    }
}
