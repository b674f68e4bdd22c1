using Microsoft.Extensions.AI;

namespace Parley.Server.Tests.Api;

/// <summary>An embedding model whose vectors are a text's length and a half.</summary>
internal sealed class LengthVectors : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(new[] { v.Length, 0.5f }))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
