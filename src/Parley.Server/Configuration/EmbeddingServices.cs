using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Embeddings;
using Parley.Server.Api.Embeddings;

namespace Parley.Server.Configuration;

/// <summary>The embedding models that are configured, and <c>/v1/embeddings</c>.</summary>
internal static class EmbeddingServices
{
    /// <exception cref="ConfigurationException">A setting is wrong, or an engine names a server that is not there; the message names the key.</exception>
    public static void AddEmbeddings(this IServiceCollection services, ParleyConfiguration configuration, UpstreamEngines upstreams, TimeProvider time)
    {
        var entries = configuration.ReadNamed<EmbeddingEngineOptions>("Embedding");
        services.AddEmbeddingApi(
            [.. upstreams.Named<EmbeddingEngineOptions, IEmbeddingGenerator<string, Embedding<float>>>(
                "Embedding", entries, o => (o.Upstream, o.Attributes),
                (name, options) => OpenAIEmbeddingEngine.Registration(name, options, upstreams.Upstreams, time))],
            entries.ToDictionary(e => e.Key, e => e.Value.Model));
    }

    public static void AddEmbeddingApi(
        this IServiceCollection services, IReadOnlyList<EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>> engines,
        IReadOnlyDictionary<string, string> models)
    {
        services.AddSingleton(_ => new EmbeddingEngines(engines, models));
        services.AddSingleton<EmbeddingEndpoint>();
    }
}
