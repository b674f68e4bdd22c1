namespace Parley.Replay;

/// <summary>Session time in a replay, and waits until something happened in it.</summary>
/// <param name="time">The virtual clock, which begins with the leg.</param>
/// <param name="start">Session time at the leg's begin.</param>
internal sealed class ReplayClock(TimeProvider time, TimeSpan start)
{
    private readonly long _began = time.GetTimestamp();

    public TimeProvider Time => time;

    public TimeSpan Now => start + time.GetElapsedTime(_began);

    /// <summary>Returns at session time <paramref name="at"/>, or at once if that has passed; with <see cref="TimeSpan.MaxValue"/> only by cancellation.</summary>
    /// <remarks><see cref="Task.Delay(TimeSpan, TimeProvider)"/> counts whole milliseconds, which would change the order of what happened within one.</remarks>
    public async Task UntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (at <= Now) { return; }
        var reached = new TaskCompletionSource();
        using var timer = time.CreateTimer(
            _ => reached.TrySetResult(), null, at == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : at - Now, Timeout.InfiniteTimeSpan);
        using var given = cancellationToken.Register(() => reached.TrySetCanceled(cancellationToken));
        await reached.Task;
    }
}
