namespace Parley.Diagnostics;

/// <summary>The newest of many durations, and what they come to.</summary>
/// <remarks>Thread-safe. Average, least and most are of all since the reset, percentiles of the newest.</remarks>
public sealed class LatencyWindow
{
    private const int Newest = 4096;

    private readonly Lock _lock = new();
    private readonly double[] _seconds = new double[Newest];
    private long _count;
    private double _sum, _min, _max;

    public void Add(TimeSpan duration)
    {
        lock (_lock)
        {
            var seconds = duration.TotalSeconds;
            (_min, _max) = _count == 0 ? (seconds, seconds) : (Math.Min(_min, seconds), Math.Max(_max, seconds));
            _seconds[_count++ % Newest] = seconds;
            _sum += seconds;
        }
    }

    public void Reset()
    {
        lock (_lock) { (_count, _sum) = (0, 0); }
    }

    public LatencyFigures Read()
    {
        double[] sorted;
        long count;
        double sum, min, max;
        lock (_lock)
        {
            (count, sum, min, max) = (_count, _sum, _min, _max);
            sorted = _seconds[..(int)Math.Min(count, Newest)];
        }
        if (count == 0) { return default; }
        Array.Sort(sorted);
        return new LatencyFigures(count, sum / count, min, max, At(0.5), At(0.95));

        double At(double share) => sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
    }
}
