using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Embeddings;

/// <summary>Offers embedding models to the composition root.</summary>
public static class OpenAIEmbeddingEngine
{
    /// <summary>The registration of a model on one of the pool's upstreams; the probe makes no call over the network.</summary>
    public static EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>> Registration(
        string name, EmbeddingEngineOptions options, UpstreamPool upstreams, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstreams);
        var upstream = options.Upstream ?? name;
        return new(
            name, () => UpstreamKey.Probe(VoiceStage.Embedding, name, options.Model, upstreams.Options[upstream]),
            () => new OpenAIEmbeddingGenerator(name, options, upstreams.Lease(upstream), time))
        {
            Attributes = options.Attributes,
        };
    }
}
