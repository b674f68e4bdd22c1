namespace Parley.Learning.Memory;

/// <summary>A vector that is near.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="Similarity">Cosine of the angle between the two, -1 to 1.</param>
public readonly record struct VectorMatch(string Id, float Similarity);
