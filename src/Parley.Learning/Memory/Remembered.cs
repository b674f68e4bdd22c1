namespace Parley.Learning.Memory;

/// <summary>Something that is remembered of a learner.</summary>
/// <param name="Id">Its name among the learner's memories.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">In words.</param>
/// <param name="At">When it was said.</param>
/// <param name="Vector">What it means, as the embedder that the memory was made with says it; empty where nobody said yet.</param>
public sealed record Remembered(string Id, RememberedKind Kind, string Text, DateTimeOffset At, ReadOnlyMemory<float> Vector = default);

/// <summary>What is remembered.</summary>
public enum RememberedKind
{
    /// <summary>What was talked about, a few turns at a time.</summary>
    Talk,

    /// <summary>What the learner said of themselves.</summary>
    Fact,

    /// <summary>A mistake, with what is right.</summary>
    Mistake,
}

/// <summary>A memory that comes to mind.</summary>
/// <param name="Memory">The memory; its vector may be empty.</param>
/// <param name="Similarity">Cosine of the angle to what was asked for, -1 to 1.</param>
public sealed record Recollection(Remembered Memory, float Similarity);
