using Parley.Recording;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>
/// Speech during a reply: pause, then decide. The first sound holds the reply within one packet; enough words or enough speech end it;
/// anything less lets it go on at the very sample where it was held.
/// </summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class BargeIn(PipelineContext context, Floor floor, Answering answering)
{
    /// <summary>Silence after a short sound, while the reply is held, that shows it was no interruption.</summary>
    private static readonly TimeSpan s_falseInterruptionSilence = TimeSpan.FromMilliseconds(256);

    private TimeSpan _stopTook;

    private TurnConfig Rules => context.Config.Turn!;

    /// <summary>Whether a reply is held and must be judged.</summary>
    public bool IsJudging => floor.State == TurnState.Paused;

    /// <summary>Speech began while the assistant has the floor.</summary>
    public void Hold(SegmenterUpdate speech)
    {
        if (floor.State is not (TurnState.Thinking or TurnState.Speaking)) { return; }
        context.Pacer.Pause();
        // From here on nothing stale is sent but the one packet that may be in flight.
        _stopTook = speech.SpeechSoFar;
        var generation = floor.Reply!.Generation;
        floor.Send(new PlaybackPaused(generation, context.Readings.Read(generation, PlaybackPurpose.Pause, context.Playback.Pause())));
        floor.MoveTo(TurnState.Paused);
    }

    /// <summary>The recogniser understood something of what was said.</summary>
    public void OnPartial(string text)
    {
        if (IsJudging && CountWords(text) >= Rules.MinInterruptionWords) { Confirm(); }
    }

    /// <summary>One more window was heard while the reply is held.</summary>
    public void OnWindow(SegmenterUpdate speech)
    {
        if (speech.SpeechSoFar >= TimeSpan.FromMilliseconds(Rules.MinInterruptionMs ?? 0))
        {
            Confirm();
        }
        else if (!speech.IsVoiced && speech.SilenceSoFar >= s_falseInterruptionSilence)
        {
            floor.DropUtterance();
            context.Metrics.InterruptionWasFalse();
            Release();
        }
    }

    /// <summary>It was no interruption: the reply goes on.</summary>
    public void Release()
    {
        if (!IsJudging) { return; }
        var generation = floor.Reply!.Generation;
        floor.Send(new PlaybackResumed(generation, context.Readings.Read(generation, PlaybackPurpose.Resume, context.Playback.Resume())));
        context.Pacer.Resume();
        floor.MoveTo(floor.Reply.IsAudible ? TurnState.Speaking : TurnState.Thinking);
    }

    private void Confirm()
    {
        context.Metrics.Interrupted();
        context.Metrics.BargeInStopped(_stopTook);
        answering.Cancel(floor.Reply!.IsAudible ? CancelReason.BargeIn : CancelReason.Superseded);
        floor.MoveTo(TurnState.Listening);
    }

    private static int CountWords(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
