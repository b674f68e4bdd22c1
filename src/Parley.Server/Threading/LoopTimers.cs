namespace Parley.Server.Threading;

/// <summary>The timers of one <see cref="SessionLoop"/>, the next one first: one wait of its thread serves them all.</summary>
/// <remarks>Timers are set by any thread, and ring on the loop's. A heap with four children a node, in which each timer knows its place.</remarks>
/// <param name="time">The clock.</param>
/// <param name="wake">Called when a timer was set that rings before all others: the loop may sleep too long.</param>
internal sealed class LoopTimers(TimeProvider time, Action wake)
{
    private const int Children = 4;

    private readonly Lock _lock = new();
    private LoopTimer[] _heap = new LoopTimer[64];
    private int _count;
    private long _next = long.MaxValue;

    /// <summary>The time to the next one, in whole milliseconds; infinite while none is set.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            var next = Volatile.Read(ref _next);
            if (next == long.MaxValue) { return Timeout.InfiniteTimeSpan; }
            var left = time.GetElapsedTime(time.GetTimestamp(), next);
            // A sleep counts whole milliseconds, and may not end before the timer is due: it would have to be slept again.
            return left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue));
        }
    }

    /// <summary>When it is so much later, on the clock.</summary>
    public long After(TimeSpan wait) => time.GetTimestamp() + Ticks(wait);

    /// <summary>So long, on the clock.</summary>
    public long Ticks(TimeSpan length) => (long)Math.Min(length.TotalSeconds * time.TimestampFrequency, long.MaxValue / 4);

    /// <summary>Sets a timer anew; <see cref="long.MaxValue"/> takes it out.</summary>
    public void Set(LoopTimer timer, long due)
    {
        bool isFirst;
        lock (_lock)
        {
            if (timer.IsDisposed) { return; }
            Place(timer, due);
            isFirst = due != long.MaxValue && timer.Place == 0;
        }
        if (isFirst) { wake(); }
    }

    /// <summary>It never rings again.</summary>
    public void Remove(LoopTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            Place(timer, long.MaxValue);
        }
    }

    /// <summary>Rings all that are due; called by the loop alone.</summary>
    public void RingDue()
    {
        if (Volatile.Read(ref _next) == long.MaxValue) { return; }
        var now = time.GetTimestamp();
        while (Volatile.Read(ref _next) <= now)
        {
            LoopTimer timer;
            lock (_lock)
            {
                if (_count == 0 || _heap[0].Due > now) { return; }
                timer = _heap[0];
                Place(timer, timer.Period is { } period ? now + period : long.MaxValue);
            }
            timer.Ring();
        }
    }

    private void Place(LoopTimer timer, long due)
    {
        if (due == long.MaxValue)
        {
            if (timer.Place < 0) { return; }
            var (place, last) = (timer.Place, _heap[--_count]);
            _heap[_count] = null!;
            timer.Place = -1;
            if (last != timer) { Sift(last, place); }
        }
        else
        {
            timer.Due = due;
            if (timer.Place < 0)
            {
                if (_count == _heap.Length) { Array.Resize(ref _heap, 2 * _count); }
                timer.Place = _count++;
            }
            Sift(timer, timer.Place);
        }
        Volatile.Write(ref _next, _count == 0 ? long.MaxValue : _heap[0].Due);
    }

    /// <summary>Moves a timer from a place that is free to where it belongs: up, or else down.</summary>
    private void Sift(LoopTimer timer, int place)
    {
        while (place > 0 && _heap[(place - 1) / Children] is var parent && timer.Due < parent.Due) { place = Put(parent, place, (place - 1) / Children); }
        while (FirstChild(place) is { } child && _heap[child].Due < timer.Due) { place = Put(_heap[child], place, child); }
        Put(timer, place, place);
    }

    /// <returns>The place that is free now.</returns>
    private int Put(LoopTimer timer, int place, int from)
    {
        _heap[place] = timer;
        timer.Place = place;
        return from;
    }

    private int? FirstChild(int place)
    {
        int? first = null;
        for (var child = place * Children + 1; child <= place * Children + Children && child < _count; child++)
        {
            if (first is not { } best || _heap[child].Due < _heap[best].Due) { first = child; }
        }
        return first;
    }
}
