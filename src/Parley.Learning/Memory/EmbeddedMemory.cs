using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;

namespace Parley.Learning.Memory;

/// <summary>An embedder, with the memory of the vectors that it makes.</summary>
/// <remarks>
/// Thread-safe. The memory is opened by the first who needs it, for of some embedders only their first vector tells how long they are. Failures are a
/// <see cref="VoiceException"/> of the embedder or a <see cref="Timeline.StoreException"/> of the memory.
/// </remarks>
/// <param name="embeddings">Makes the vectors; closed by its owner.</param>
/// <param name="open">Opens the memory of a space.</param>
public sealed class EmbeddedMemory(IEmbeddingGenerator<string, Embedding<float>> embeddings, Func<VectorSpace, CancellationToken, ValueTask<IVectorMemory>> open)
{
    private Opened? _opened;

    /// <summary>The memory.</summary>
    public async ValueTask<IVectorMemory> OpenAsync(CancellationToken cancellationToken = default) => (await GetAsync(cancellationToken)).Memory;

    /// <summary>Embeds and keeps memories; those that hold no words are passed over.</summary>
    public async Task AddAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken)
    {
        var opened = await GetAsync(cancellationToken);
        var vectors = await EmbedAsync(opened, [.. memories.Select(m => m.Text)], cancellationToken);
        Remembered[] meaningful = [.. memories.Zip(vectors, (memory, vector) => memory with { Vector = vector }).Where(m => HasDirection(m.Vector))];
        if (meaningful.Length > 0) { await opened.Memory.AddAsync(learnerId, meaningful, cancellationToken); }
    }

    /// <summary>The memories nearest to what was said, the nearest first; none where that holds no words.</summary>
    public async Task<IReadOnlyList<Recollection>> RecallAsync(string learnerId, string said, int count, CancellationToken cancellationToken)
    {
        var opened = await GetAsync(cancellationToken);
        var thought = (await EmbedAsync(opened, [said], cancellationToken))[0];
        return HasDirection(thought) ? await opened.Memory.RecallAsync(learnerId, thought, count, cancellationToken) : [];
    }

    private async Task<ReadOnlyMemory<float>[]> EmbedAsync(Opened opened, string[] texts, CancellationToken cancellationToken)
    {
        var vectors = await embeddings.GenerateAsync(texts, cancellationToken: cancellationToken);
        if (vectors.Count == texts.Length && vectors.All(v => v.Vector.Length == opened.Space.Dimensions)) { return [.. vectors.Select(v => v.Vector)]; }
        // Another model answers under the same name: from the next call on its vectors have a memory of their own.
        Interlocked.CompareExchange(ref _opened, null, opened);
        throw new VoiceException(VoiceStage.Embedding, "The embedder gives other vectors than before.", isTransient: true);
    }

    private async ValueTask<Opened> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _opened) is { } known) { return known; }
        var space = await SpaceAsync(cancellationToken);
        var opened = new Opened(space, await open(space, cancellationToken));
        return Interlocked.CompareExchange(ref _opened, opened, null) ?? opened;
    }

    private async ValueTask<VectorSpace> SpaceAsync(CancellationToken cancellationToken)
    {
        var about = embeddings.GetService<EmbeddingGeneratorMetadata>();
        return new VectorSpace(
            $"{about?.ProviderName}/{about?.DefaultModelId}", about?.DefaultModelDimensions ?? (await embeddings.GenerateVectorAsync("Hello.", cancellationToken: cancellationToken)).Length);
    }

    private static bool HasDirection(ReadOnlyMemory<float> vector) => TensorPrimitives.Norm(vector.Span) is > 0 and < float.PositiveInfinity;

    private sealed record Opened(VectorSpace Space, IVectorMemory Memory);
}
