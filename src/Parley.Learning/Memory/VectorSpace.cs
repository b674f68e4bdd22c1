namespace Parley.Learning.Memory;

/// <summary>Where vectors come from: only those of one embedder can be compared.</summary>
/// <param name="Embedder">What made them, weights and all.</param>
/// <param name="Dimensions">Of each, 1 to 4096.</param>
public readonly record struct VectorSpace(string Embedder, int Dimensions)
{
    /// <summary>The space of <see cref="LexicalEmbeddings"/>.</summary>
    public static VectorSpace Lexical { get; } = new("parley/lexical", LexicalEmbeddings.Dimensions);
}
