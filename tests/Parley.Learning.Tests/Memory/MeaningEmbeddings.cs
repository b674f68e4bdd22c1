using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Embeddings;

namespace Parley.Learning.Tests.Memory;

/// <summary>An embedder that knows what a few words mean: pets, travel, or neither.</summary>
internal sealed class MeaningEmbeddings : IEmbeddingGenerator<string, Embedding<float>>, ITokenVectorGenerator
{
    private static readonly string[] s_pets = ["dog", "puppy", "cat"], s_travel = ["train", "flight", "airport"];

    /// <summary>What it fails with; null: it works.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether it never answers.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Of each vector; more than 3 are filled up with zeros.</summary>
    public int Dimensions { get; set; } = 3;

    public int Calls { get; private set; }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        if (IsStuck) { await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken); }
        if (Failure is { } failure) { throw failure; }
        return new(values.Select(text => new Embedding<float>(Embed(text))));
    }

    public Task<IReadOnlyList<ReadOnlyMemory<float>>> GenerateTokenVectorsAsync(string text, CancellationToken cancellationToken = default) =>
        Failure is { } failure ? throw failure : Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>([.. text.Split(' ').Select(word => (ReadOnlyMemory<float>)Embed(word))]);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // There is nothing to give back.
    }

    public static VoiceException Dead() => new(VoiceStage.Embedding, "Nobody is there.", isTransient: true) { Class = FailureClass.Network };

    private float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        vector[s_pets.Any(text.Contains) ? 0 : s_travel.Any(text.Contains) ? 1 : 2] = 1;
        return vector;
    }
}
