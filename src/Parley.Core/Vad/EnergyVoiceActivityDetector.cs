using Parley.Diagnostics;
using Parley.Policy;

namespace Parley.Vad;

/// <summary>The detector that is always there: energy of the speech band over an adaptive noise floor. No libraries, no model.</summary>
/// <remarks>
/// Good for a quiet room; in noise, or against music, Silero hears better. It answers at once on the caller's thread. Thread-safe.
/// </remarks>
public sealed class EnergyVoiceActivityDetector : IVoiceActivityDetector
{
    public const string EngineName = "energy";

    /// <summary>What the composition root registers.</summary>
    public static EngineRegistration<IVoiceActivityDetector> Registration { get; } = new(
        EngineName,
        () => new EngineStatus(VoiceStage.Vad, EngineName, Available: true, Version: "", "Built in: speech-band energy over a noise floor."),
        () => new EnergyVoiceActivityDetector(),
        Priority: 0)
    {
        Attributes = new EngineAttributes { Latency = TimeSpan.Zero, Accuracy = 0.6, Capacity = 10_000 },
    };

    public string Name => EngineName;

    public int WindowSamples => BandSpectrum.Samples;

    public IVoiceActivityStream OpenStream() => new EnergyVoiceActivityStream();
}
