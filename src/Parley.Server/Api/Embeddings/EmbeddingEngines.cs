using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;

namespace Parley.Server.Api.Embeddings;

/// <summary>The embedding models by the names that clients may use.</summary>
/// <remarks>Thread-safe. An engine is created on first use and disposed with this.</remarks>
/// <param name="engines">The configured engines; without a name that says more, the first that is available serves.</param>
/// <param name="models">Engine → the model it asks its server for, which is a name for it too.</param>
internal sealed class EmbeddingEngines(
    IReadOnlyList<EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>> engines, IReadOnlyDictionary<string, string> models) : IDisposable
{
    /// <summary>Names that clients send by default.</summary>
    private static readonly string[] s_known = [EngineOptions.Auto, "default", "text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002"];

    private readonly (string Name, Func<EngineStatus> Probe, Lazy<IEmbeddingGenerator<string, Embedding<float>>> Engine)[] _engines =
        [.. engines.Select(e => (e.Name, e.Probe, new Lazy<IEmbeddingGenerator<string, Embedding<float>>>(e.Create)))];

    public IEnumerable<EngineStatus> Probe() => _engines.Select(e => e.Probe());

    /// <summary>The names that serve now, those of OpenAI's models among them.</summary>
    public IEnumerable<string> Usable()
    {
        var usable = _engines.Where(e => e.Probe().Available).Select(e => e.Name).ToArray();
        return usable.Length == 0 ? [] : [.. usable, .. usable.Select(e => models.GetValueOrDefault(e)).OfType<string>(), .. s_known.Where(k => k is not (EngineOptions.Auto or "default"))];
    }

    /// <summary>The engine for a model's name.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public IEmbeddingGenerator<string, Embedding<float>> Find(string model)
    {
        if (_engines.Length == 0)
        {
            throw new ApiException(ApiError.NoModel(
                "No embedding model is configured: name a server under Parley:Upstreams:NAME and a model on it under Parley:Embedding:NAME."));
        }
        var found = _engines.FirstOrDefault(e => e.Name == model);
        if (found.Engine is null) { found = _engines.FirstOrDefault(e => models.GetValueOrDefault(e.Name) == model); }
        if (found.Engine is null && s_known.Contains(model)) { found = _engines.FirstOrDefault(e => e.Probe().Available, _engines[0]); }
        return found.Engine?.Value
            ?? throw new ApiException(ApiError.NoModel($"There is no such embedding model; there are {string.Join(", ", _engines.Select(e => e.Name))}."));
    }

    public void Dispose()
    {
        foreach (var (_, _, engine) in _engines) { if (engine.IsValueCreated) { engine.Value.Dispose(); } }
    }
}
