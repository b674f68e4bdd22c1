namespace Parley.Audio.Codecs;

/// <summary>The forms in which audio is asked for and comes in files.</summary>
public enum AudioFormat
{
    /// <summary>PCM16 with a RIFF header.</summary>
    Wav,

    /// <summary>PCM16 little endian without a header.</summary>
    Pcm,

    Flac,

    /// <summary>Opus in Ogg.</summary>
    Opus,

    Mp3,

    /// <summary>AAC in ADTS frames. Named because clients may ask for it; nothing here writes it.</summary>
    Aac,
}
