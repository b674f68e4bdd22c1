namespace Parley.Sessions.Admission;

/// <summary>Measures how busy this process is, by a beat: a timer like the pacers', which is as late as they are.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class LoadMeter : IDisposable
{
    private const int Beats = 100;

    /// <summary>Of a change of the processors' share this much is believed after one beat: half of it after a second.</summary>
    private const double Weight = 0.034;

    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly TimeSpan[] _late = new TimeSpan[Beats];
    private readonly TimeProvider _time;
    private readonly Func<double> _cpu;
    private readonly ITimer _timer;
    private long _set;
    private int _beats;
    private double _share;
    private bool _isDisposed;

    /// <param name="time">The clock, whose timers ring where sessions run.</param>
    /// <param name="cpu">The share of this machine's processors that this process uses, 0 to 1.</param>
    public LoadMeter(TimeProvider time, Func<double> cpu)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_time, _cpu, _set) = (time, cpu, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Beat(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(s_beat, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Of the last five seconds; a beat that is overdue now counts as well.</summary>
    public LoadReading Read()
    {
        lock (_lock)
        {
            var known = Math.Min(_beats, Beats);
            Span<TimeSpan> late = stackalloc TimeSpan[Beats];
            _late.AsSpan(0, known).CopyTo(late);
            late[..known].Sort();
            var usual = known == 0 ? TimeSpan.Zero : late[(int)(0.95 * (known - 1))];
            var overdue = _time.GetElapsedTime(_set) - s_beat;
            return new LoadReading(_share, overdue > usual ? overdue : usual);
        }
    }

    public void Dispose()
    {
        lock (_lock) { _isDisposed = true; }
        _timer.Dispose();
    }

    private void Beat()
    {
        var cpu = _cpu();
        lock (_lock)
        {
            if (_isDisposed) { return; }
            var late = _time.GetElapsedTime(_set) - s_beat;
            _late[_beats % Beats] = late > TimeSpan.Zero ? late : TimeSpan.Zero;
            _share = _beats == 0 ? cpu : _share + Weight * (cpu - _share);
            _beats++;
            _set = _time.GetTimestamp();
            _timer.Change(s_beat, Timeout.InfiniteTimeSpan);
        }
    }
}
