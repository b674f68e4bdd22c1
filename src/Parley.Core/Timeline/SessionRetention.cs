namespace Parley.Timeline;

/// <summary>Deletes what is kept too long or takes too much.</summary>
/// <remarks>Session by session, so that a store that is written to meanwhile is never blocked for long. Sessions that run stay.</remarks>
public sealed class SessionRetention(ISessionStore store, StoreOptions options, TimeProvider time)
{
    /// <summary>Deletes sessions older than the retention, then the oldest ones until all are within the bytes that are allowed.</summary>
    /// <returns>How many sessions were deleted.</returns>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var deleted = 0;
        if (options.Retention > TimeSpan.Zero)
        {
            var before = now - options.Retention;
            foreach (var old in await store.ListAsync(new SessionQuery { Before = before }, cancellationToken))
            {
                deleted += await DeleteAsync(old, before, cancellationToken);
            }
        }
        return deleted + (options.MaxBytes > 0 ? await ShrinkAsync(now, cancellationToken) : 0);
    }

    private async Task<int> ShrinkAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sessions = await store.ListAsync(new SessionQuery(), cancellationToken);
        var (bytes, deleted) = (sessions.Sum(s => s.Bytes), 0);
        foreach (var oldest in sessions.Reverse())
        {
            if (bytes <= options.MaxBytes) { break; }
            if (await DeleteAsync(oldest, now, cancellationToken) == 0) { continue; }
            bytes -= oldest.Bytes;
            deleted++;
        }
        return deleted;
    }

    // Asked again with the id: the session may have been resumed since it was listed.
    private ValueTask<int> DeleteAsync(SessionSummary session, DateTimeOffset before, CancellationToken cancellationToken) =>
        store.DeleteAsync(new SessionQuery { SessionId = session.Session.Id, Before = before }, cancellationToken);
}
