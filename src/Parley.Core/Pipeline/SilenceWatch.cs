namespace Parley.Pipeline;

/// <summary>Notices that nobody has said anything for long, so that a learner who is stuck can be helped: twice in a row, then no more.</summary>
/// <remarks>Used by the session's loop alone; the timer posts <see cref="SilenceTooLong"/> to it.</remarks>
internal sealed class SilenceWatch(PipelineContext context) : IDisposable
{
    private const int MaxHelps = 2;

    private ITimer? _timer;
    private int _quietPeriod, _helps;

    /// <summary>Nobody speaks from now on.</summary>
    public void Begin()
    {
        var period = ++_quietPeriod;
        _timer?.Dispose();
        // Who asks for each answer asks for help too.
        if (context.Config.Scenario is null || context.Config.Turn!.Respond == false || context.Options.StuckAfter == TimeSpan.Zero || _helps >= MaxHelps) { return; }
        _timer = context.Time.CreateTimer(
            _ => context.Background.Add(context.Post(new SilenceTooLong(period))), null, context.Options.StuckAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somebody does something.</summary>
    public void End() => _quietPeriod++;

    /// <summary>The user has said something: help may be offered again.</summary>
    public void Reset() => _helps = 0;

    /// <summary>Whether the silence still lasts, and help is due.</summary>
    public bool IsDue(SilenceTooLong silence)
    {
        if (silence.Period != _quietPeriod) { return false; }
        _helps++;
        return true;
    }

    public void Dispose() => _timer?.Dispose();
}
