using Parley.Asr;
using Parley.Diagnostics;
using Parley.SherpaOnnx;
using Parley.Tts;

namespace Parley.Server.Configuration;

/// <summary>The models that the configuration names (<c>Parley:Sherpa:NAME</c>), as engines of the stages that their files tell.</summary>
internal sealed record SherpaEngines(
    IReadOnlyList<EngineRegistration<ISpeechRecognizer>> Recognizers, IReadOnlyList<EngineRegistration<ISpeechSynthesizer>> Synthesizers)
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static SherpaEngines Read(ParleyConfiguration configuration, TimeProvider time)
    {
        var models = configuration.ReadNamed<SherpaOptions>("Sherpa");
        return new SherpaEngines(
            [.. models.Select(m => SherpaEngine.Recognizer(m.Key, m.Value, time)).OfType<EngineRegistration<ISpeechRecognizer>>()],
            [.. models.Select(m => SherpaEngine.Synthesizer(m.Key, m.Value, time)).OfType<EngineRegistration<ISpeechSynthesizer>>()]);
    }
}
