namespace Parley.Embeddings;

/// <summary>An embedding generator that also says what each token means where it stands; found by <c>GetService</c>.</summary>
/// <remarks>Thread-safe.</remarks>
public interface ITokenVectorGenerator
{
    /// <summary>The vectors of a text's tokens, in order, each of length 1; none for a text without words.</summary>
    /// <exception cref="Diagnostics.VoiceException">The engine failed.</exception>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> GenerateTokenVectorsAsync(string text, CancellationToken cancellationToken = default);
}
