using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Learning.Learners;
using Parley.Onnx.Embeddings;
using Parley.Onnx.Vad;
using Parley.OpenAICompatible.Embeddings;
using Parley.Server.Api.Embeddings;
using Parley.Server.Learning;

namespace Parley.Server.Configuration;

/// <summary>The embedding models that are configured, for <c>/v1/embeddings</c> and the coach.</summary>
public static class EmbeddingServices
{
    /// <summary>What the configured models say of themselves, for commands that run no server.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong, or an engine names a server that is not there; the message names the key.</exception>
    public static IReadOnlyList<EngineStatus> Probe(ParleyConfiguration configuration, TimeProvider time) =>
        [.. Registrations(configuration, new UpstreamEngines(configuration, time), time).Select(r => r.Probe())];

    /// <exception cref="ConfigurationException">A setting is wrong, or an engine names a server that is not there; the message names the key.</exception>
    internal static void AddEmbeddings(this IServiceCollection services, ParleyConfiguration configuration, UpstreamEngines upstreams, TimeProvider time) =>
        services.AddEmbeddingApi([.. Registrations(configuration, upstreams, time)], configuration.ReadNamed<EmbeddingEngineOptions>("Embedding").ToDictionary(e => e.Key, e => e.Value.Model));

    /// <summary>The embedder that <c>Parley:Learners:Embedder</c> names.</summary>
    /// <exception cref="ConfigurationException">There is none of that name; the message names the key.</exception>
    internal static CoachEmbedder Coach(ParleyConfiguration configuration, UpstreamEngines upstreams, LearnerStoreOptions options, TimeProvider time)
    {
        if (options.Embedder == LearnerStoreOptions.BuiltInEmbedder) { return new CoachEmbedder(null, time); }
        var there = Registrations(configuration, upstreams, time).ToArray();
        return new CoachEmbedder(
            there.FirstOrDefault(r => r.Name == options.Embedder) ?? throw new ConfigurationException(
                $"Parley:Learners:Embedder: there is no embedder '{options.Embedder}'; there are {string.Join(", ", there.Select(r => r.Name).Prepend(LearnerStoreOptions.BuiltInEmbedder))}."),
            time);
    }

    internal static void AddEmbeddingApi(
        this IServiceCollection services, IReadOnlyList<EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>> engines,
        IReadOnlyDictionary<string, string> models)
    {
        services.AddSingleton(_ => new EmbeddingEngines(engines, models));
        services.AddSingleton<EmbeddingEndpoint>();
    }

    private static IEnumerable<EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>> Registrations(ParleyConfiguration configuration, UpstreamEngines upstreams, TimeProvider time)
    {
        var library = configuration.Read<SileroOptions>("Silero");
        return
        [
            .. upstreams.Named<EmbeddingEngineOptions, IEmbeddingGenerator<string, Embedding<float>>>(
                "Embedding", configuration.ReadNamed<EmbeddingEngineOptions>("Embedding"), o => (o.Upstream, o.Attributes), (name, options) => OpenAIEmbeddingEngine.Registration(name, options, upstreams.Upstreams, time)),
            .. configuration.ReadNamed<SentenceTransformerOptions>("SentenceTransformer").Select(e => SentenceTransformerEngine.Registration(e.Key, e.Value, library)),
        ];
    }
}
