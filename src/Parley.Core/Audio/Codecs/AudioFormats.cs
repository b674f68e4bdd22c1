namespace Parley.Audio.Codecs;

/// <summary>The formats' names and what is said of them on the wire.</summary>
public static class AudioFormats
{
    /// <summary>The rate of headerless PCM, which a receiver must know beforehand.</summary>
    public const int PcmRate = 24_000;

    /// <summary>All names, as requests and files use them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<AudioFormat>().Select(NameOf)];

    public static string NameOf(AudioFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>The format of that name; null if there is none.</summary>
    public static AudioFormat? Parse(string name) => Enum.GetValues<AudioFormat>().Cast<AudioFormat?>().FirstOrDefault(f => NameOf(f!.Value) == name);

    /// <summary>The format that a file's ending says; WAV where it says nothing known.</summary>
    public static AudioFormat OfFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ogg" or ".oga" => AudioFormat.Opus,
        ".raw" => AudioFormat.Pcm,
        { Length: > 1 } ending => Parse(ending[1..]) ?? AudioFormat.Wav,
        _ => AudioFormat.Wav,
    };

    public static string ContentTypeOf(AudioFormat format) => format switch
    {
        AudioFormat.Mp3 => "audio/mpeg",
        _ => $"audio/{NameOf(format)}",
    };

    /// <summary>The rate at which <paramref name="format"/> holds audio that comes at <paramref name="rate"/>: the same where it can.</summary>
    public static int RateFor(AudioFormat format, int rate)
    {
        ReadOnlySpan<int> rates = format switch
        {
            AudioFormat.Pcm => [PcmRate],
            AudioFormat.Opus => [8_000, 12_000, 16_000, 24_000, 48_000],
            AudioFormat.Mp3 or AudioFormat.Aac => [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
            _ => [rate],
        };
        // The next higher one loses nothing.
        foreach (var possible in rates) { if (possible >= rate) { return possible; } }
        return rates[^1];
    }
}
