namespace Parley.Learning.Memory;

/// <summary>Keeps what is remembered of learners, and finds what is near to a thought.</summary>
/// <remarks>
/// Thread-safe. All vectors of one memory are of one <see cref="VectorSpace"/>. Failures are a <see cref="Timeline.StoreException"/>, whose message never holds what was said; one learner's
/// memories are never another's.
/// </remarks>
public interface IVectorMemory
{
    /// <summary>Adds memories, or replaces those with the same ids.</summary>
    /// <exception cref="ArgumentException">A vector has no direction, or other dimensions than this memory's.</exception>
    ValueTask AddAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken = default);

    /// <summary>The memories nearest to a thought, the nearest first.</summary>
    /// <param name="learnerId">Whose.</param>
    /// <param name="thought">Its vector; need not be of length 1.</param>
    /// <param name="count">So many at most, 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The vector has no direction, or other dimensions than this memory's.</exception>
    ValueTask<IReadOnlyList<Recollection>> RecallAsync(string learnerId, ReadOnlyMemory<float> thought, int count, CancellationToken cancellationToken = default);

    /// <summary>All that is remembered of a learner, the newest first; vectors may be left out.</summary>
    ValueTask<IReadOnlyList<Remembered>> ListAsync(string learnerId, CancellationToken cancellationToken = default);

    /// <summary>Forgets one thing, in whatever space it is kept.</summary>
    /// <returns>False: it was not remembered.</returns>
    ValueTask<bool> ForgetAsync(string learnerId, string id, CancellationToken cancellationToken = default);

    /// <summary>Forgets all of a learner, in all spaces.</summary>
    ValueTask ForgetAsync(string learnerId, CancellationToken cancellationToken = default);
}
