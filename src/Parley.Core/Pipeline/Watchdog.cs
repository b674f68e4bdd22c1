using Parley.Timeline;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>Notices that a session hangs in a state in which something should happen, so that it can be got going again.</summary>
/// <remarks>
/// Used by the session's loop alone; the timer posts <see cref="WatchdogLooks"/> to it, and runs only while somebody has the floor. It is the last net: each stage
/// has timeouts of its own, and a client that does not read is noticed by the send loop.
/// </remarks>
internal sealed class Watchdog(PipelineContext context, Floor floor) : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);

    private ITimer? _timer;
    private TurnState _state;
    private long _sent, _lastFrame, _lastProgress;

    /// <summary>Audio of the client came.</summary>
    public void OnFrame() => _lastFrame = context.Time.GetTimestamp();

    /// <summary>The session is in another state.</summary>
    public void OnState(TurnState state)
    {
        (_state, _lastFrame, _lastProgress) = (state, context.Time.GetTimestamp(), context.Time.GetTimestamp());
        if (state == TurnState.Idle)
        {
            _timer?.Dispose();
            _timer = null;
        }
        else
        {
            _timer ??= context.Time.CreateTimer(_ => context.Background.Add(context.Post(new WatchdogLooks())), null, s_period, s_period);
        }
    }

    /// <summary>Looks whether something should have happened by now.</summary>
    /// <returns>What hangs; null while all is well.</returns>
    public Stall? Look()
    {
        if (_sent != context.Playback.Sent) { (_sent, _lastProgress) = (context.Playback.Sent, context.Time.GetTimestamp()); }
        var stall = _state switch
        {
            TurnState.Listening or TurnState.Paused when floor.UserSpeaks && context.Time.GetElapsedTime(_lastFrame) >= context.Options.NoAudioTimeout => Stall.Listening,
            TurnState.Speaking when context.Time.GetElapsedTime(_lastProgress) >= context.Options.NoSpeechTimeout => Stall.Speaking,
            _ => (Stall?)null,
        };
        if (stall is { } s) { Count(s); }
        return stall;
    }

    /// <summary>A stage has noticed by itself.</summary>
    public void Count(Stall stall)
    {
        context.Metrics.Recovered(stall);
        context.Timeline.Add(TimelineKinds.Watchdog, stall.ToString());
    }

    public void Dispose() => _timer?.Dispose();
}
