using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Testing.Simulated;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Server.Tests.Hosting;

/// <summary>A catalog of simulated engines, in which a test replaces a stage by the real thing.</summary>
internal static class Registrations
{
    public static EngineCatalog Catalog(
        EngineRegistration<IVoiceActivityDetector>[]? vad = null, EngineRegistration<ISpeechRecognizer>[]? asr = null, EngineOptions? options = null,
        EngineChooser? chooser = null) =>
        new(options ?? new EngineOptions(),
            vad ?? [Simulated<IVoiceActivityDetector>(VoiceStage.Vad, new SimulatedVad())],
            asr ?? [Simulated<ISpeechRecognizer>(VoiceStage.Asr, new SimulatedRecognizer(TimeProvider.System))],
            [Simulated<IChatClient>(VoiceStage.Reply, new SimulatedChatClient(TimeProvider.System))],
            [Simulated<ISpeechSynthesizer>(VoiceStage.Tts, new SimulatedSynthesizer(TimeProvider.System))],
            new SilenceTurnDetector(), chooser: chooser);

    private static EngineRegistration<TPort> Simulated<TPort>(VoiceStage stage, TPort engine) where TPort : class =>
        new("simulated", () => new EngineStatus(stage, "simulated", true, "1", "Simulated."), () => engine);
}
