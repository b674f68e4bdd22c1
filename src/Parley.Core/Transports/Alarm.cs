using System.Runtime.CompilerServices;
using Parley.Time;

namespace Parley.Transports;

/// <summary>A wait like <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/>, again and again, with one timer and no allocation for each.</summary>
/// <remarks>One waiter at a time. It may come back early, after a wait that was cancelled: whoever waits looks at the clock.</remarks>
internal sealed class Alarm : IDisposable
{
    private readonly Signal _signal = new();
    private readonly ITimer _timer;
    private int _isSet;

    public Alarm(TimeProvider time) =>
        _timer = time.CreateTimer(static s => ((Alarm)s!).Ring(null), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]
    public async ValueTask WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _signal.Reset();
        Volatile.Write(ref _isSet, 1);
        using var registration = cancellationToken.UnsafeRegister(static (s, token) => ((Alarm)s!).Ring(new OperationCanceledException(token)), this);
        _timer.Change(time, Timeout.InfiniteTimeSpan);
        await _signal.WaitAsync();
    }

    public void Dispose() => _timer.Dispose();

    private void Ring(Exception? cancelled)
    {
        if (Interlocked.Exchange(ref _isSet, 0) == 0) { return; }
        if (cancelled is null) { _signal.Set(); } else { _signal.Fail(cancelled); }
    }
}
