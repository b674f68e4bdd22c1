namespace Parley.Sessions.Admission;

/// <summary>Lets new conversations in as long as the machine bears them, by what it has measured.</summary>
/// <remarks>
/// Thread-safe. Closed once the load is over a limit; open again once it has been well below both for a while. While it is open it lets in as many
/// at once as the processors have room for, at what a conversation has cost so far: a thousand that come together are not in the load yet when they ask.
/// </remarks>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
/// <param name="read">How busy the process is.</param>
public sealed class AdmissionGate(AdmissionOptions options, TimeProvider time, Func<LoadReading> read)
{
    /// <summary>Well below a limit is below this much of it.</summary>
    private const double Margin = 0.85;

    /// <summary>Of fewer conversations too much of the load is something else.</summary>
    private const int FewestToLearnFrom = 10;

    /// <summary>Before more is known, a conversation costs a hundredth of a processor.</summary>
    private const double CostOfUnknown = 0.01;

    /// <summary>After so long a conversation's share is in what is measured.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<long> _young = new();
    private double _cost = CostOfUnknown / Environment.ProcessorCount;
    private long _lastOver;
    private Overload? _closedFor;

    /// <summary>Why new conversations are turned away now; null: they are let in.</summary>
    public Overload? ClosedFor { get { lock (_lock) { return Look(read()); } } }

    /// <summary>Asks for one more conversation, which counts from now on if it is let in.</summary>
    /// <param name="running">Conversations that run without it.</param>
    /// <param name="isResumed">It is one that its line broke off: it has its place whatever the load, and only counts.</param>
    /// <returns>Why not; null if it is let in.</returns>
    public Overload? Ask(int running, bool isResumed = false)
    {
        lock (_lock)
        {
            while (_young.TryPeek(out var since) && time.GetElapsedTime(since) >= s_settled) { _young.Dequeue(); }
            if (!isResumed && options.Enabled && running >= options.AlwaysAdmit && Refuse(running) is { } why) { return why; }
            _young.Enqueue(time.GetTimestamp());
            return null;
        }
    }

    private Overload? Refuse(int running)
    {
        var load = read();
        if (Look(load) is { } why) { return why; }
        var settled = running - _young.Count;
        if (settled >= FewestToLearnFrom) { _cost = load.Cpu / settled; }
        return options.MaxCpu < 1 && load.Cpu + _cost * (_young.Count + 1) > options.MaxCpu ? Overload.Cpu : null;
    }

    private Overload? Look(LoadReading load)
    {
        if (!options.Enabled) { return null; }
        if (Over(load, 1) is { } why)
        {
            (_closedFor, _lastOver) = (why, time.GetTimestamp());
        }
        else if (_closedFor is not null)
        {
            if (Over(load, Margin) is not null) { _lastOver = time.GetTimestamp(); }
            else if (time.GetElapsedTime(_lastOver) >= options.Recovery) { _closedFor = null; }
        }
        return _closedFor;
    }

    private Overload? Over(LoadReading load, double share) =>
        load.Lateness > share * options.MaxLateness ? Overload.Lateness
        : options.MaxCpu < 1 && load.Cpu > share * options.MaxCpu ? Overload.Cpu
        : null;
}
