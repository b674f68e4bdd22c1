using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.Tts;

namespace Parley.OpenAICompatible.Tts;

/// <summary>Offers synthesisers on upstreams to the composition root.</summary>
public static class SpeechEngine
{
    /// <summary>Whoever configures one means it to be used.</summary>
    private const int Configured = 10;

    /// <summary>The registration; the probe makes no call over the network.</summary>
    public static EngineRegistration<ISpeechSynthesizer> Registration(
        string name, SpeechEngineOptions options, UpstreamPool upstreams, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstreams);
        var upstream = options.Upstream ?? name;
        return new(
            name, () => UpstreamKey.Probe(VoiceStage.Tts, name, options.Model, upstreams.Options[upstream]),
            () => new SpeechSynthesizer(name, options, upstreams.Lease(upstream), time), Configured)
        {
            Attributes = options.Attributes,
        };
    }
}
