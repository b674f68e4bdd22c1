using System.Numerics.Tensors;

namespace Parley.Learning.Memory;

/// <summary>Where vectors come from: only those of one embedder can be compared.</summary>
/// <param name="Embedder">What made them, weights and all.</param>
/// <param name="Dimensions">Of each, 1 to 4096.</param>
public readonly record struct VectorSpace(string Embedder, int Dimensions)
{
    /// <summary>The space of <see cref="LexicalEmbeddings"/>.</summary>
    public static VectorSpace Lexical { get; } = new("parley/lexical", LexicalEmbeddings.Dimensions);

    /// <summary>Sees to it that a vector can be one of this space.</summary>
    /// <exception cref="ArgumentException">It has other dimensions, no direction, or a part that is no number.</exception>
    public void Require(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions) { throw new ArgumentException($"A vector of {Dimensions} dimensions is expected; this one has {vector.Length}."); }
        if (TensorPrimitives.Norm(vector) is not (> 0 and < float.PositiveInfinity)) { throw new ArgumentException("A vector has a length, which is a number and not 0."); }
    }
}
