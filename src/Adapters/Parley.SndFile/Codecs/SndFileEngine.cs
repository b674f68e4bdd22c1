using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.SndFile.Native;

namespace Parley.SndFile.Codecs;

/// <summary>libsndfile as the composition root sees it.</summary>
public static class SndFileEngine
{
    public const string Name = "sndfile";

    internal const string Remedy = "apt-get install libsndfile1";

    public static EngineRegistration<IAudioCodec> Registration() => new(Name, Probe, () => new SndFileCodec());

    /// <summary>Looks for the library and for the formats that it was built with.</summary>
    public static EngineStatus Probe()
    {
        if (!SndFileLibrary.IsAvailable)
        {
            return new EngineStatus(VoiceStage.Codec, Name, false, "", "libsndfile was not found: wav and pcm alone are written and read", Remedy);
        }
        var formats = new SndFileCodec().Encodes.Select(AudioFormats.NameOf);
        return new EngineStatus(VoiceStage.Codec, Name, true, SndFileLibrary.Version, $"libsndfile, writes {string.Join(", ", formats)}");
    }
}
