using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Learning.Memory;

namespace Parley.Server.Learning;

/// <summary>The embedder of the coach and of its memory, loaded when it is first needed.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="chosen">The one that is configured; null: the built-in one.</param>
/// <param name="time">The clock of its rests.</param>
public sealed class CoachEmbedder(EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>? chosen, TimeProvider time) : IDisposable
{
    private readonly Lazy<(IEmbeddingGenerator<string, Embedding<float>>? Embeddings, string? Problem)> _loaded = new(() => Load(chosen, time));

    /// <summary>The built-in one, which is always there.</summary>
    public static LexicalEmbeddings BuiltIn { get; } = new();

    /// <summary>Whether another than the built-in one is configured.</summary>
    public bool IsConfigured => chosen is not null;

    /// <summary>The one that is configured; null: none is, or it cannot be loaded.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Configured => _loaded.Value.Embeddings;

    /// <summary>Why the built-in one stands in for the one that is configured; null: nothing is wrong.</summary>
    public string? Problem => _loaded.Value.Problem;

    public void Dispose()
    {
        if (_loaded is { IsValueCreated: true, Value.Embeddings: { } embeddings }) { embeddings.Dispose(); }
    }

    private static (IEmbeddingGenerator<string, Embedding<float>>?, string?) Load(EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>>? chosen, TimeProvider time)
    {
        if (chosen is null) { return (null, null); }
        if (chosen.Probe() is { Available: false } missing) { return (null, $"The embedder {chosen.Name} is not there: {missing.Detail}. {missing.Remedy}"); }
        try
        {
            return (new RestingEmbeddings(chosen.Create(), time), null);
        }
        catch (VoiceException e)
        {
            return (null, e.Message);
        }
    }
}
