namespace Parley.Resilience.Chains;

/// <summary>
/// Which engine of a chain serves a call. One is asked after another: the next one when one has failed, or, with hedging, when it has given nothing
/// for a while. Whichever gives a first result wins, and the others are told to stop. Beside an engine that failed last the next one is asked at once, so
/// that nobody waits for it in vain; if it loses, it may go on to its first result, from which all learn whether it works again.
/// </summary>
/// <remarks>
/// Thread-safe. Not Polly's hedging: that one cancels its losers on the thread pool, where a conversation on the virtual clock cannot follow, and each
/// of its calls costs more than all the rest of a chain.
/// </remarks>
/// <param name="hedge">How long an engine may give nothing before the next one is asked too; null: until it fails.</param>
/// <param name="time">The clock.</param>
internal sealed class EngineRace<TItem>(TimeSpan? hedge, TimeProvider time)
{
    /// <summary>Finds the engine that serves a call.</summary>
    /// <exception cref="Diagnostics.VoiceException">None can.</exception>
    public async ValueTask<EngineStream<TItem>> RunAsync(EngineCall<TItem> call, CancellationToken cancellationToken)
    {
        while (call.Next() is { } stream)
        {
            if ((hedge is not null || stream.IsTrial) && call.HasMore) { return await HedgeAsync(call, stream, cancellationToken); }
            if (await call.OpenAsync(stream) is not { } failure) { return stream; }
            cancellationToken.ThrowIfCancellationRequested();
            if (!FailureRules.CallsForAnother(failure)) { throw call.Tell(failure); }
        }
        throw call.NobodyLeft();
    }

    private async Task<EngineStream<TItem>> HedgeAsync(EngineCall<TItem> call, EngineStream<TItem>? next, CancellationToken cancellationToken)
    {
        var running = new List<(EngineStream<TItem> Stream, Task<Exception?> Opening)>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task? wait = null;
        try
        {
            while (next is not null || running.Count > 0)
            {
                if (next is not null)
                {
                    running.Add((next, call.OpenAsync(next).AsTask()));
                    wait = (next.IsTrial ? TimeSpan.Zero : hedge) is { } patience ? Task.Delay(patience, time, over.Token) : null;
                }
                await Task.WhenAny([.. running.Select(r => r.Opening), .. wait is not null && call.HasMore ? [wait] : Array.Empty<Task>()]);
                cancellationToken.ThrowIfCancellationRequested();
                var done = running.FindIndex(r => r.Opening.IsCompleted);
                if (done >= 0)
                {
                    var (stream, opening) = running[done];
                    running.RemoveAt(done);
                    if (await opening is not { } failure) { return stream; }
                    if (!FailureRules.CallsForAnother(failure)) { throw call.Tell(failure); }
                }
                // Another one's failure does not shorten the wait for an engine that is at it.
                next = wait is { IsCompleted: true } || running.TrueForAll(static r => r.Stream.IsTrial) ? call.Next() : null;
            }
            throw call.NobodyLeft();
        }
        finally
        {
            over.Cancel();
            foreach (var (stream, opening) in running) { _ = LeaveAsync(stream, opening); }
        }
    }

    /// <summary>A loser winds down by itself: the winner does not wait for it.</summary>
    private static async Task LeaveAsync(EngineStream<TItem> stream, Task<Exception?> opening)
    {
        if (!stream.IsTrial) { stream.Stop(); }
        if (await opening is null) { await stream.DisposeAsync(); }
    }
}
