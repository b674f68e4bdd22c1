using Microsoft.Extensions.AI;

namespace Parley.Embeddings;

/// <summary>An embedding generator that takes texts which its clients have cut into tokens themselves; found by <c>GetService</c>.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ITokenEmbeddingGenerator
{
    /// <summary>Embeds each text.</summary>
    /// <param name="texts">Token numbers of the model's own tokeniser, a list a text.</param>
    /// <param name="options">Dimensions, where the caller wants fewer than the model has.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>An embedding a text, in order.</returns>
    /// <exception cref="Diagnostics.VoiceException">The engine failed or refused.</exception>
    Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IReadOnlyList<IReadOnlyList<int>> texts, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default);
}
