using Parley.Diagnostics;

namespace Parley.Flite.Tts;

/// <summary>The voices that come with libflite. A voice is static data of its library: it is registered once and stays for the process.</summary>
internal static class FliteVoice
{
    /// <summary>All that the adapter can name, the best first.</summary>
    public static readonly IReadOnlyList<string> Names = ["slt", "rms", "awb", "kal16", "kal"];

    /// <summary>Those that are installed here.</summary>
    public static IReadOnlyList<string> Installed() => FliteNative.IsAvailable ? [.. Names.Where(FliteNative.HasVoice)] : [];

    /// <summary>The native voice. Call it only while holding the engine: registration is not thread-safe, and repeating it is free.</summary>
    public static nint Register(string name)
    {
        _ = FliteNative.flite_init();
        var voice = name switch
        {
            "slt" => FliteNative.register_cmu_us_slt(0),
            "rms" => FliteNative.register_cmu_us_rms(0),
            "awb" => FliteNative.register_cmu_us_awb(0),
            "kal16" => FliteNative.register_cmu_us_kal16(0),
            "kal" => FliteNative.register_cmu_us_kal(0),
            _ => 0,
        };
        return voice != 0 ? voice : throw new VoiceException(VoiceStage.Tts, $"Flite could not load its voice {name}.");
    }
}
