namespace Parley.Transports.Realtime.Input;

/// <summary>Waits while nobody speaks after a response, and then has the assistant speak again.</summary>
/// <param name="time">The clock.</param>
/// <param name="post">Runs what is due in the order of everything else.</param>
/// <param name="due">What is due.</param>
internal sealed class IdleWatch(TimeProvider time, Action<Action> post, Action due) : IDisposable
{
    private ITimer? _timer;

    public void Begin(TimeSpan wait)
    {
        End();
        ITimer? own = null;
        own = _timer = time.CreateTimer(_ => post(() => { if (_timer == own) { End(); due(); } }), null, wait, Timeout.InfiniteTimeSpan);
    }

    public void End()
    {
        _timer?.Dispose();
        _timer = null;
    }

    public void Dispose() => End();
}
