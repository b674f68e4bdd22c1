using Parley.Asr;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Asr;

/// <summary>Offers recognisers on upstreams to the composition root.</summary>
public static class TranscriptionEngine
{
    /// <summary>One's own server is configured to be used. A remote one stands behind every other until it is chosen: audio leaves the house by decision.</summary>
    private const int Local = 10, Remote = -2;

    /// <summary>The registration; the probe makes no call over the network.</summary>
    public static EngineRegistration<ISpeechRecognizer> Registration(
        string name, TranscriptionEngineOptions options, UpstreamPool upstreams, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstreams);
        var upstream = options.Upstream ?? name;
        return new(
            name, () => UpstreamKey.Probe(VoiceStage.Asr, name, options.Model, upstreams.Options[upstream]),
            () => new TranscriptionRecognizer(name, options, upstreams.Lease(upstream), time), options.Attributes.Local ? Local : Remote)
        {
            Attributes = options.Attributes,
        };
    }
}
