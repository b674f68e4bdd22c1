using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Embeddings;
using Parley.Server.Api.Embeddings;

namespace Parley.Server.Configuration;

/// <summary>The embedding models that are configured, and <c>/v1/embeddings</c>.</summary>
public static class EmbeddingServices
{
    /// <summary>What the configured models say of themselves, for commands that run no server.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong, or an engine names a server that is not there; the message names the key.</exception>
    public static IReadOnlyList<EngineStatus> Probe(ParleyConfiguration configuration, TimeProvider time) =>
        [.. Registrations(configuration.ReadNamed<EmbeddingEngineOptions>("Embedding"), new UpstreamEngines(configuration, time), time).Select(r => r.Probe())];

    /// <exception cref="ConfigurationException">A setting is wrong, or an engine names a server that is not there; the message names the key.</exception>
    internal static void AddEmbeddings(this IServiceCollection services, ParleyConfiguration configuration, UpstreamEngines upstreams, TimeProvider time)
    {
        var entries = configuration.ReadNamed<EmbeddingEngineOptions>("Embedding");
        services.AddEmbeddingApi([.. Registrations(entries, upstreams, time)], entries.ToDictionary(e => e.Key, e => e.Value.Model));
    }

    internal static void AddEmbeddingApi(
        this IServiceCollection services, IReadOnlyList<EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>> engines,
        IReadOnlyDictionary<string, string> models)
    {
        services.AddSingleton(_ => new EmbeddingEngines(engines, models));
        services.AddSingleton<EmbeddingEndpoint>();
    }

    private static IEnumerable<EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>> Registrations(
        IReadOnlyDictionary<string, EmbeddingEngineOptions> entries, UpstreamEngines upstreams, TimeProvider time) =>
        upstreams.Named<EmbeddingEngineOptions, IEmbeddingGenerator<string, Embedding<float>>>(
            "Embedding", entries, o => (o.Upstream, o.Attributes), (name, options) => OpenAIEmbeddingEngine.Registration(name, options, upstreams.Upstreams, time));
}
