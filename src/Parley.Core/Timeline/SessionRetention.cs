namespace Parley.Timeline;

/// <summary>Deletes what is kept too long or takes too much.</summary>
/// <remarks>Sessions that run stay.</remarks>
public sealed class SessionRetention(ISessionStore store, StoreOptions options, TimeProvider time)
{
    /// <summary>Deletes the sessions that are older than the retention, and of the rest the oldest until all are within the bytes that are allowed.</summary>
    /// <returns>How many sessions were deleted.</returns>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken = default)
    {
        var before = DateTimeOffset.MinValue;
        if (options.Retention > TimeSpan.Zero) { before = time.GetUtcNow() - options.Retention; }
        if (options.MaxBytes > 0 && await FindCutAsync(cancellationToken) is { } cut && cut > before) { before = cut; }
        // One deletion, because a store may do much to leave no trace after each.
        return before == DateTimeOffset.MinValue ? 0 : await store.DeleteAsync(new SessionQuery { Before = before }, cancellationToken);
    }

    /// <summary>The time of the last write such that the sessions written to since are within the bytes; null if all are.</summary>
    private async Task<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken)
    {
        var bytes = 0L;
        foreach (var session in (await store.ListAsync(new SessionQuery(), cancellationToken)).OrderByDescending(s => s.WrittenAt))
        {
            bytes += session.Bytes;
            if (bytes > options.MaxBytes) { return session.WrittenAt + TimeSpan.FromTicks(1); }
        }
        return null;
    }
}
