using Parley.Diagnostics;
using Parley.Policy;
using Parley.Tts;

namespace Parley.Flite.Tts;

/// <summary>Flite as the composition root sees it.</summary>
public static class FliteEngine
{
    /// <summary>The name that configuration uses.</summary>
    public const string Name = "flite";

    /// <summary>Above eSpeak NG, which knows phone times only roughly; below neural voices.</summary>
    public const int Priority = 20;

    internal const string Remedy = "apt-get install libflite1";

    public static EngineRegistration<ISpeechSynthesizer> Registration(FliteOptions? options = null) =>
        new(Name, Probe, () => new FliteSynthesizer(options), Priority)
        {
            // Measured: 6 ms to the first audio; what it says is understood (2.5 % word errors by PocketSphinx), and sounds like a machine. One at a time.
            Attributes = new EngineAttributes { Latency = TimeSpan.FromMilliseconds(10), Accuracy = 0.45, Capacity = 1, Languages = { "en" } },
        };

    /// <summary>Looks for the library and its voices. Its version cannot be asked for.</summary>
    public static EngineStatus Probe()
    {
        var voices = FliteVoice.Installed();
        return voices.Count > 0
            ? new EngineStatus(VoiceStage.Tts, Name, true, "", $"libflite with the voices {string.Join(", ", voices)}")
            : new EngineStatus(VoiceStage.Tts, Name, false, "", FliteNative.IsAvailable
                ? "libflite was found, but none of its voices" : "libflite was not found", Remedy);
    }
}
