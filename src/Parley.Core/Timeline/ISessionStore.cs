namespace Parley.Timeline;

/// <summary>Keeps sessions beyond the process that ran them: what is known of each, and its timeline, append-only.</summary>
/// <remarks>
/// Thread-safe; one store serves all sessions. What a running session writes (<see cref="Begin"/>, <see cref="Append"/>, <see cref="End"/>) is
/// queued and never waits or throws: a full disk or a locked database costs entries, which are counted in <see cref="Status"/>, and no
/// conversation. Writes of one session reach the store in their order. Reads see what was flushed before.
/// </remarks>
public interface ISessionStore : IAsyncDisposable
{
    /// <summary>The name that health and the log use.</summary>
    string Name { get; }

    /// <summary>Whether writing works, and what was lost.</summary>
    StoreStatus Status { get; }

    /// <summary>A session begins, or goes on after a resume: replaces what is known of it.</summary>
    void Begin(SessionRecord session);

    /// <summary>Adds to the session's timeline. Numbers rise; an entry whose number is there already is ignored, and so is one of a session
    /// that is not there, because it never began or was deleted.</summary>
    void Append(string sessionId, TimelineEntry entry);

    /// <summary>The session is over, for good or until it is resumed.</summary>
    void End(string sessionId, string reason, DateTimeOffset at);

    /// <summary>Returns when everything queued before is stored, or counted as lost.</summary>
    /// <exception cref="StoreException">Too much waits to be written.</exception>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>What is known of a session; null if there is no such session.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    ValueTask<SessionRecord?> FindAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Redeems a resume token and puts the next in its place, in one step: of two attempts with one token at most one succeeds.</summary>
    /// <param name="sessionId">The session that the token is for.</param>
    /// <param name="tokenHash">SHA-256 of the token that was shown.</param>
    /// <param name="next">The token that replaces it.</param>
    /// <param name="now">The time against which the token's expiry is held.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False if session, token and time do not fit together; nothing has changed then.</returns>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    ValueTask<bool> ExchangeTokenAsync(
        string sessionId, ReadOnlyMemory<byte> tokenHash, ResumeToken next, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Reads a session's timeline in its order.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="kinds">The kinds of entries to read; none: all.</param>
    /// <param name="after">Only entries with a higher number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read, or an entry in it is damaged; the message says which.</exception>
    IAsyncEnumerable<StoredEntry> ReadAsync(
        string sessionId, IReadOnlyCollection<string>? kinds = null, long after = 0, CancellationToken cancellationToken = default);

    /// <summary>The stored sessions, the newest first.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<SessionSummary>> ListAsync(SessionQuery query, CancellationToken cancellationToken = default);

    /// <summary>Deletes sessions with everything that belongs to them, so that nothing of it is left in what the store keeps.</summary>
    /// <returns>How many sessions were deleted.</returns>
    /// <exception cref="StoreException">The store cannot be written; nothing was deleted.</exception>
    ValueTask<int> DeleteAsync(SessionQuery query, CancellationToken cancellationToken = default);
}
