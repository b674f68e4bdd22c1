using System.Numerics.Tensors;

namespace Parley.Learning.Discourse;

/// <summary>How much two texts say the same, token by token.</summary>
/// <remarks>Source: Zhang et al., "BERTScore: Evaluating Text Generation with BERT", ICLR 2020: each token is matched with the nearest one of the other text.</remarks>
public static class TokenMatching
{
    /// <summary>The harmonic mean of how well either text covers the other.</summary>
    /// <param name="said">Vectors of one text's tokens, each of length 1.</param>
    /// <param name="model">Of the other's.</param>
    /// <returns>At most 1; 0 where one has no tokens.</returns>
    public static double Score(IReadOnlyList<ReadOnlyMemory<float>> said, IReadOnlyList<ReadOnlyMemory<float>> model)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(model);
        if (said.Count == 0 || model.Count == 0) { return 0; }
        var (precision, recall) = (Covered(said, model), Covered(model, said));
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    private static double Covered(IReadOnlyList<ReadOnlyMemory<float>> tokens, IReadOnlyList<ReadOnlyMemory<float>> others) =>
        tokens.Average(token => others.Max(other => TensorPrimitives.Dot(token.Span, other.Span)));
}
