using System.Runtime.CompilerServices;
using Parley.Time;

namespace Parley.Pipeline;

/// <summary>Waits for the answers of a detector, each within a limit, with one timer and no allocation for each.</summary>
/// <remarks>Used by the session's loop alone, one wait at a time. After a wait that ran out it is not used again: its answer may yet come.</remarks>
internal sealed class DetectorWait : IDisposable
{
    private readonly Signal _signal = new();
    private readonly Action _answered;
    private readonly ITimer _timer;
    private ValueTaskAwaiter<float> _answer;
    private int _isSet;

    public DetectorWait(TimeProvider time)
    {
        _answered = () => Ring(null);
        _timer = time.CreateTimer(
            static s => ((DetectorWait)s!).Ring(new TimeoutException("The detector does not answer.")), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>.</exception>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    public async ValueTask<float> WaitAsync(ValueTask<float> answer, TimeSpan limit)
    {
        _signal.Reset();
        _answer = answer.GetAwaiter();
        Volatile.Write(ref _isSet, 1);
        _timer.Change(limit, Timeout.InfiniteTimeSpan);
        _answer.UnsafeOnCompleted(_answered);
        await _signal.WaitAsync();
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return _answer.GetResult();
    }

    public void Dispose() => _timer.Dispose();

    private void Ring(Exception? late)
    {
        if (Interlocked.Exchange(ref _isSet, 0) == 0) { return; }
        if (late is null) { _signal.Set(); } else { _signal.Fail(late); }
    }
}
