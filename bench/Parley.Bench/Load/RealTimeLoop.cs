using System.Diagnostics;
using Parley.Bench.Reporting;

namespace Parley.Bench.Load;

/// <summary>Calls back every 20 ms, as a sound card does, on a thread of its own.</summary>
/// <remarks>
/// Ticks lie on a fixed grid: one that comes late does not move the next. The last half millisecond is spun away, because the wake-up of a
/// sleeping thread is not exact, and what is measured is the server's punctuality.
/// </remarks>
internal sealed class RealTimeLoop
{
    public const int FrameMs = 20;

    private static readonly TimeSpan s_spin = TimeSpan.FromMilliseconds(0.5);

    private readonly List<double> _lateness = [];

    /// <summary>How late ticks came, in milliseconds, 99th percentile: where it is large, the machine was too busy to measure on.</summary>
    public double LatenessP99Ms => Percentiles.Of(_lateness, 99);

    /// <summary>Runs until <paramref name="tick"/> returns false.</summary>
    public Task RunAsync(Func<bool> tick, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Run(tick, cancellationToken);
                done.SetResult();
            }
#pragma warning disable CA1031 // Whatever it is, the awaiting task gets it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = "microphones", Priority = ThreadPriority.Highest };
        thread.Start();
        return done.Task;
    }

    private void Run(Func<bool> tick, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        for (long n = 1; ; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!tick()) { return; }
            var due = TimeSpan.FromMilliseconds(n * FrameMs);
            var wait = due - Stopwatch.GetElapsedTime(start) - s_spin;
            if (wait > TimeSpan.Zero) { Thread.Sleep(wait); }
            while (Stopwatch.GetElapsedTime(start) < due) { Thread.SpinWait(20); }
            _lateness.Add((Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds);
        }
    }
}
