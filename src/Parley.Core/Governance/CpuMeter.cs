namespace Parley.Governance;

/// <summary>The share of this machine's processors that this process uses.</summary>
/// <remarks>Thread-safe; measured a few times a second at most, by whoever asks.</remarks>
public sealed class CpuMeter(TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private long _at = time.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;
    private double _share;

    /// <summary>0 to 1, over the last half second or more.</summary>
    public double Read()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _at)) < s_window) { return Volatile.Read(ref _share); }
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_at);
            if (elapsed < s_window) { return _share; }
            var used = Environment.CpuUsage.TotalTime;
            _share = Math.Clamp((used - _used) / elapsed / Environment.ProcessorCount, 0, 1);
            (_used, _at) = (used, time.GetTimestamp());
            return _share;
        }
    }
}
